import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/config/redact.ts';
import { askedOfSent } from '../../src/probe/asked.ts';
import { createKeep } from '../../src/raw/keep.ts';
import { Raw } from '../../src/raw/raw.ts';

const tools = {
  keep: createKeep(createRedactor(['hk_test_asked_0123456789abcdefghij'])),
  connectTo: [],
  chooseProxy: () => null,
};
const sent = {
  method: 'GET',
  headers: {},
  auth: 'none',
  body: null,
  timeoutMs: 3_000,
  follows: false,
  address: null,
} as const;

/** The words that a shell makes of the command, with curl replaced. */
const wordsOf = (command: string): readonly string[] =>
  execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`], {
    encoding: 'utf8',
    env: { HOKUSAI_API_KEY: 'the key' },
  })
    .split('\0')
    .slice(0, -1);

describe('the command that asks again', () => {
  it('takes the key from the variable of the shell, and shows no key', () => {
    const { command, headers } = askedOfSent(
      { ...sent, auth: 'bearer', url: Raw.from('https://registry.hokus.ai/x') },
      tools,
    );
    expect(headers).toEqual({ authorization: 'Bearer $HOKUSAI_API_KEY' });
    expect(wordsOf(command)).toContain('authorization: Bearer the key');
    expect(command).not.toMatch(/hk_test/);
  });

  it('sends the key only over https, as the probe does', () => {
    const { command } = askedOfSent({ ...sent, auth: 'bearer', url: Raw.from('http://registry.hokus.ai/x') }, tools);
    expect(command).not.toContain('KEY');
  });

  it('goes to the address that answered when names are looked up elsewhere', () => {
    const url = Raw.from('https://registry.hokus.ai/x');
    const { command } = askedOfSent({ ...sent, url, address: '[::1]:8443' }, { ...tools, hasOwnDns: true });
    expect(wordsOf(command).join(' ')).toContain('--connect-to registry.hokus.ai:443:[::1]:8443');
  });

  it('arrives in the shell as it was sent, whatever path, header and body contain', () => {
    // Ends are trimmed and several spaces become one, as everywhere in a report.
    const hostile = fc.stringMatching(/^[ -~]{0,40}$/).map((text) => text.trim().replace(/ {2,}/g, ' '));
    fc.assert(
      fc.property(hostile, hostile, hostile, (path, value, body) => {
        const url = new URL('https://registry.hokus.ai/');
        url.pathname = path;
        url.searchParams.append('q', value);
        const { command } = askedOfSent(
          { ...sent, method: 'POST', headers: { 'x-note': value }, body: Raw.from(body), url: Raw.from(url.href) },
          tools,
        );
        const words = wordsOf(command);
        expect(words.at(-1)).toBe(url.href);
        expect(words).toContain(`x-note: ${value}`);
        expect(words[words.indexOf('--data-raw') + 1]).toBe(body);
      }),
      { numRuns: 60 },
    );
  });

  it('hides a key that someone wrote into a URL', () => {
    const url = Raw.from('https://registry.hokus.ai/?k=hk_test_asked_0123456789abcdefghij');
    expect(JSON.stringify(askedOfSent({ ...sent, url }, tools))).not.toContain('hk_test_asked');
  });
});
