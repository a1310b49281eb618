import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHostName, parseConnectTo, parseDnsServer } from '../../src/config/network-address.ts';

const host = fc.oneof(
  fc.domain(),
  fc.ipV4(),
  fc.ipV6().map((address) => `[${address}]`),
);
const port = fc.integer({ min: 1, max: 65_535 });
const bare = (text: string): string => text.replace(/^\[|\]$/g, '').toLowerCase();

describe("curl's --connect-to", () => {
  it('keeps every entry of hosts and ports as written', () => {
    const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
    fc.assert(
      fc.property(
        optional(host),
        optional(port),
        optional(host),
        optional(port),
        (fromHost, fromPort, toHost, toPort) => {
          expect(parseConnectTo([fromHost, fromPort, toHost, toPort].map((part) => part ?? '').join(':'))).toEqual({
            fromHost: fromHost === null ? null : bare(fromHost),
            fromPort,
            toHost: toHost === null ? null : bare(toHost),
            toPort,
          });
        },
      ),
    );
  });

  it.each([
    ['', 'connect-to-parts'],
    ['a.example:443', 'connect-to-parts'],
    ['a.example:443:b.example', 'connect-to-parts'],
    ['a.example:443:b.example:8443:', 'connect-to-parts'],
    ['a.example:443:::', 'connect-to-parts'],
    ['::1:443:b.example:8443', 'connect-to-parts'],
    ['a.example:443:[::1:8443', 'connect-to-parts'],
    ['https://a.example:443:b.example:8443', 'connect-to-parts'],
    ['a b:443:b.example:8443', 'connect-to-host'],
    ['a.example:443:[b.example]:8443', 'connect-to-host'],
    ['a.example:443:[fe80::1%eth0]:8443', 'connect-to-host'],
    ['a.example:443:1.2.3:8443', 'connect-to-host'],
    ['a.example:x::8443', 'connect-to-port'],
    ['a.example:443::0', 'connect-to-port'],
    ['a.example:65536::', 'connect-to-port'],
    ['a.example:-1::', 'connect-to-port'],
  ])('refuses %s', (text, form) => {
    expect(parseConnectTo(text)).toBe(form);
  });
});

describe('a DNS server', () => {
  it.each([
    ['10.0.0.2', '10.0.0.2:53'],
    ['127.0.0.1:5300', '127.0.0.1:5300'],
    ['::1', '[::1]:53'],
    ['[::1]', '[::1]:53'],
    ['[2001:db8::1]:5353', '[2001:db8::1]:5353'],
  ])('%s is queried at %s', (text, server) => {
    expect(parseDnsServer(text)).toBe(server);
  });

  it.each([
    '',
    'dns.example',
    'dns.example:53',
    '10.0.0',
    '10.0.0.2:0',
    '10.0.0.2:65536',
    '10.0.0.2:',
    '[10.0.0.2]:53',
    '[::1]x',
    ':53',
    '[::1',
    'fe80::1%eth0',
  ])('%s is refused', (text) => {
    expect(parseDnsServer(text)).toBeNull();
  });
});

describe('isHostName', () => {
  it('accepts every domain, and a URL keeps it unchanged', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        expect(isHostName(domain)).toBe(true);
        expect(new URL(`https://${domain}/`).hostname).toBe(domain.toLowerCase());
      }),
    );
  });
});
