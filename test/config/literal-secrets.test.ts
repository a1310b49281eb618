import { describe, expect, it } from 'vitest';
import { madeUpKey, problemsOf } from './documents.ts';

const secret = madeUpKey.split('_').at(-1) ?? '';
const escaped = `"${madeUpKey.replace('_', '\\u005f')}"`;
const token = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"x"}').toString('base64url')}.c2ln`;

const written: readonly { readonly title: string; readonly text: string; readonly place: string }[] = [
  {
    title: 'as the key',
    text: `credentials:\n  apiKey: ${madeUpKey}\n`,
    place: ':2:11  credentials.apiKey  a Hokusai API key',
  },
  {
    title: 'as a variable name',
    text: `credentials: { apiKey: { env: ${madeUpKey} } }`,
    place: ':1:31  credentials.apiKey.env  a Hokusai API key',
  },
  { title: 'in an escape sequence', text: `environment: ${escaped}`, place: ':1:14  environment  a Hokusai API key' },
  {
    title: 'in a header',
    text: `targets: { api.root: { headers: { x-a: "Bearer ${secret}" } } }`,
    place: 'headers.x-a  a Bearer token',
  },
  {
    title: 'in a query',
    text: `targets: { a.b: { url: "https://a.example/?k=${madeUpKey}" } }`,
    place: ':1:24  targets.a.b.url  a Hokusai API key',
  },
  {
    title: 'in a URL',
    text: 'targets: { a.b: { url: "https://me:pass@a.example/" } }',
    place: ':1:24  targets.a.b.url  a password in a URL',
  },
  { title: 'as a name', text: `targets:\n  ${madeUpKey}: {}\n`, place: ':2:3  targets.[redacted]  a Hokusai API key' },
  { title: 'in a comment', text: `# was: ${madeUpKey}\nenvironment: a\n`, place: ':1:8  a Hokusai API key' },
  { title: 'in a text that is not YAML', text: `environment: "${madeUpKey}\n`, place: ':1:15  a Hokusai API key' },
  {
    title: 'in JSON',
    text: JSON.stringify({ environment: madeUpKey }),
    place: ':1:16  environment  a Hokusai API key',
  },
  {
    title: 'from AWS',
    text: `environment: ${'AKIA'}${'ABCDEFGHIJKLMNOP'}`,
    place: ':1:14  environment  an AWS access key',
  },
  { title: 'that is a JSON Web Token', text: `environment: ${token}`, place: ':1:14  environment  a JSON Web Token' },
  {
    title: 'that is a private key',
    text: `environment: |\n  -----BEGIN PRIVATE KEY-----\n  MIIB\n`,
    place: ':1:14  environment  a private key',
  },
];

describe('a secret in a configuration is refused with its place and never repeated', () => {
  it.each(written)('$title', async ({ text, place }) => {
    const found = await problemsOf(text);
    expect(found.join('\n')).toContain(`synthetics.yaml`);
    expect(found.some((problem) => problem.includes(`${place} is written in the configuration; remove it`))).toBe(true);
    expect(found.join('\n')).not.toContain(secret);
  });

  it('a text that only mentions the format of a key is accepted', async () => {
    const text = `# keys look like hk_live_… or hk_test_*; sent as Authorization: Bearer
targets: { a.b: { url: "https://api.hokus.ai/", expect: { contains: "Bearer authentication required" } } }`;
    expect(await problemsOf(text)).toEqual([]);
  });
});
