import { getServers } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { nameServersIn, parseNameServer, systemNameServers } from '../../src/probe/dns/name-servers.ts';

describe('name servers', () => {
  it.each([
    { text: '127.0.0.1', address: '127.0.0.1', port: 53 },
    { text: '127.0.0.1:5300', address: '127.0.0.1', port: 5_300 },
    { text: '::1', address: '::1', port: 53 },
    { text: '[::1]:5300', address: '::1', port: 5_300 },
    { text: '[::1]', address: '::1', port: 53 },
    { text: 'fe80::1%eth0', address: 'fe80::1%eth0', port: 53 },
    { text: '[fe80::1%eth0]:5300', address: 'fe80::1%eth0', port: 5_300 },
  ])('$text', ({ text, address, port }) => {
    expect(parseNameServer(text)).toEqual({ address, port });
  });

  it('come from resolv.conf, at most three, with their zones', () => {
    const resolvConf = [
      '# made by a person',
      ';nameserver 10.0.0.9',
      'search hokus.ai internal',
      'nameserver fe80::1%eth0',
      'nameserver\t10.0.0.2 # the second',
      'nameserver name.of.a.server',
      'nameserver',
      'options timeout:1 attempts:9 rotate',
      'nameserver ::1',
      'nameserver 10.0.0.4',
    ];
    for (const lineEnd of ['\n', '\r\n'])
      expect(nameServersIn(resolvConf.join(lineEnd))).toEqual(['fe80::1%eth0', '10.0.0.2', '::1']);
    expect(nameServersIn('')).toEqual([]);
  });

  it('are the ones that Node knows on this system', () => {
    const known = getServers().map(parseNameServer);
    for (const { address, port } of systemNameServers()) {
      const [plain] = address.split('%');
      expect(known).toContainEqual({ address: plain, port });
    }
    expect(systemNameServers().length).toBeGreaterThan(0);
  });
});
