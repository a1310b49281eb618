import { describe, expect, it } from 'vitest';
import { madeUpKey, problemsOf } from './documents.ts';

const secret = madeUpKey.split('_').at(-1) ?? '';
const escaped = `"${madeUpKey.replace('_', '\\u005f')}"`;
const token = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"x"}').toString('base64url')}.c2ln`;

const written: readonly (readonly [title: string, text: string, place: string])[] = [
  ['as the key', `credentials:\n  apiKey: ${madeUpKey}\n`, ':2:11  credentials.apiKey  a Hokusai API key'],
  [
    'as the name of a variable',
    `credentials: { apiKey: { env: ${madeUpKey} } }`,
    ':1:31  credentials.apiKey.env  a Hokusai API key',
  ],
  ['in an escape', `environment: ${escaped}`, ':1:14  environment  a Hokusai API key'],
  ['in a header', `targets: { api.root: { headers: { x-a: "Bearer ${secret}" } } }`, 'headers.x-a  a Bearer token'],
  [
    'in a query',
    `targets: { a.b: { url: "https://a.example/?k=${madeUpKey}" } }`,
    ':1:24  targets.a.b.url  a Hokusai API key',
  ],
  [
    'in a URL',
    'targets: { a.b: { url: "https://me:pass@a.example/" } }',
    ':1:24  targets.a.b.url  a password in a URL',
  ],
  ['as a name', `targets:\n  ${madeUpKey}: {}\n`, ':2:3  targets.[redacted]  a Hokusai API key'],
  ['in a comment', `# was: ${madeUpKey}\nenvironment: a\n`, ':1:8  a Hokusai API key'],
  ['in a text that is no YAML', `environment: "${madeUpKey}\n`, ':1:15  a Hokusai API key'],
  ['in JSON', JSON.stringify({ environment: madeUpKey }), ':1:16  environment  a Hokusai API key'],
  ['of AWS', `environment: ${'AKIA'}${'ABCDEFGHIJKLMNOP'}`, ':1:14  environment  an AWS access key'],
  ['that is a token', `environment: ${token}`, ':1:14  environment  a JSON Web Token'],
  [
    'that is a private key',
    `environment: |\n  -----BEGIN PRIVATE KEY-----\n  MIIB\n`,
    ':1:14  environment  a private key',
  ],
];

describe('a secret that stands in a configuration is refused with its place, and is not repeated', () => {
  it.each(written)('%s', async (_, text, place) => {
    const found = await problemsOf(text);
    expect(found.join('\n')).toContain(`synthetics.yaml`);
    expect(found.some((problem) => problem.includes(`${place} stands in the configuration; remove it`))).toBe(true);
    expect(found.join('\n')).not.toContain(secret);
  });

  it('what only mentions the form of a key is accepted', async () => {
    const text = `# keys look like hk_live_… or hk_test_*; sent as Authorization: Bearer
targets: { a.b: { url: "https://api.hokus.ai/", expect: { contains: "Bearer authentication required" } } }`;
    expect(await problemsOf(text)).toEqual([]);
  });
});
