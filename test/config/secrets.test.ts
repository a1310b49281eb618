import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/problem.ts';
import { resolveApiKey } from '../../src/config/secrets.ts';
import type { SecretReference } from '../../src/config/settings.ts';
import { madeUpKey } from './documents.ts';

const fromEnv: SecretReference = { from: 'env', name: 'MY_KEY' };
const fromSsm: SecretReference = { from: 'ssm', name: '/hokusai/key' };
const whole: SecretReference = { from: 'secretsManager', id: 'hokusai/synthetics', field: null };
const field: SecretReference = { from: 'secretsManager', id: 'hokusai/synthetics', field: 'key' };

const resolved = (reference: SecretReference, stored: string | undefined): Promise<string> =>
  resolveApiKey(reference, { env: { MY_KEY: stored }, fetchSecret: async () => stored ?? '' });

const refusal = async (reference: SecretReference, stored: string | undefined): Promise<string> => {
  const error: unknown = await resolved(reference, stored).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('it was accepted, or failed otherwise');
  return error.message;
};

describe('the API key', () => {
  it.each([
    { title: 'a variable', reference: fromEnv, stored: madeUpKey },
    { title: 'a parameter', reference: fromSsm, stored: madeUpKey },
    { title: 'a secret that is the key', reference: whole, stored: madeUpKey },
    { title: 'a field of a secret', reference: field, stored: JSON.stringify({ other: 1, key: madeUpKey }) },
    { title: 'a value with a trailing line break', reference: fromEnv, stored: `${madeUpKey}\r\n` },
    {
      title: 'a field with a trailing line break',
      reference: field,
      stored: `${JSON.stringify({ key: `${madeUpKey}\n` })}\n`,
    },
  ])('is read from $title', async ({ reference, stored }) => {
    expect(await resolved(reference, stored)).toBe(madeUpKey);
  });

  it.each([
    { reference: fromEnv, stored: undefined, message: 'environment variable MY_KEY  is not set; set it to the secret' },
    { reference: fromEnv, stored: '', message: 'environment variable MY_KEY  is empty' },
    { reference: fromEnv, stored: '\n', message: 'environment variable MY_KEY  is empty' },
    { reference: fromEnv, stored: `Bearer ${madeUpKey}`, message: 'environment variable MY_KEY  contains white space' },
    { reference: fromEnv, stored: ` ${madeUpKey}`, message: 'contains white space' },
    { reference: fromEnv, stored: `${madeUpKey}\nX-Evil: 1`, message: 'contains white space' },
    {
      reference: fromSsm,
      stored: `${madeUpKey}\u0000`,
      message: 'SSM parameter /hokusai/key  contains a line break or another control character',
    },
    { reference: fromEnv, stored: `“${madeUpKey}”`, message: 'contains characters that no key has' },
    { reference: fromEnv, stored: `\uFEFF${madeUpKey}`, message: 'contains characters that no key has' },
    {
      reference: fromEnv,
      stored: `"${madeUpKey}"`,
      message: 'begins or ends with a quote; store the key without quotes',
    },
    { reference: fromEnv, stored: `'${madeUpKey}'`, message: 'begins or ends with a quote' },
    { reference: field, stored: JSON.stringify({ key: `${madeUpKey}"` }), message: 'begins or ends with a quote' },
    { reference: fromEnv, stored: `${madeUpKey}\\n`, message: 'contains a backslash' },
    ...[`\${HOKUSAI_API_KEY}`, '$HOKUSAI_API_KEY', '{{api_key}}', '<your-api-key>', '%HOKUSAI_API_KEY%'].map(
      (stored) => ({ reference: fromEnv, stored, message: 'is a placeholder that nothing has replaced' }),
    ),
    { reference: fromEnv, stored: 'Qz9!xW7', message: 'has fewer than 8 characters' },
    { reference: fromEnv, stored: madeUpKey.repeat(200), message: 'has more than 4096 characters' },
    {
      reference: whole,
      stored: JSON.stringify({ key: madeUpKey }),
      message: 'secret hokusai/synthetics  is a JSON object; name the field that holds the key',
    },
    { reference: field, stored: madeUpKey, message: 'secret hokusai/synthetics, field key  is not a JSON object' },
    { reference: field, stored: JSON.stringify({ apiKey: madeUpKey }), message: 'does not exist in the JSON' },
    {
      reference: { ...field, field: 'toString' },
      stored: JSON.stringify({ apiKey: madeUpKey }),
      message: 'does not exist in the JSON',
    },
    { reference: field, stored: JSON.stringify({ key: [madeUpKey] }), message: 'is not a string' },
  ] satisfies readonly {
    readonly reference: SecretReference;
    readonly stored: string | undefined;
    readonly message: string;
  }[])(
    'is refused by the name of its place, never by its value, when it is unusable (%#)',
    async ({ reference, stored, message }) => {
      const said = await refusal(reference, stored);
      expect(said).toContain(message);
      expect(said).not.toMatch(/Zq8rT2wL|Qz9!xW7|X-Evil/);
    },
  );

  const placeholder = 'is a placeholder that nothing has replaced';
  const named = 'begins with the name of a variable or a header';
  it.each([
    ['   ', 'holds only white space'],
    ['\u00a0\t', 'holds only white space'],
    ['\ufeff', 'holds only white space'],
    ['{{ api_key }}', placeholder],
    ['<your key>', placeholder],
    ['$(cat /run/key)', placeholder],
    [`hk_live_\${ID}`, placeholder],
    ['#{HOKUSAI_API_KEY}', placeholder],
    ['@Microsoft.KeyVault(SecretUri=x)', placeholder],
    ['<%= key %>', placeholder],
    ['%(key)s', placeholder],
    ['[your-key]', placeholder],
    ['__API_KEY__', placeholder],
    ['hk_test_<id>', placeholder],
    ['********', placeholder],
    ['xxxxxxxxxx', placeholder],
    ['hk_live_xxxxxxxx', placeholder],
    ['undefined', placeholder],
    ['null', placeholder],
    ['your-api-key-here', placeholder],
    ['CHANGE_ME', placeholder],
    ['arn:aws:secretsmanager:us-east-1:1:secret:key', placeholder],
    ['op://vault/hokusai/key', placeholder],
    [JSON.stringify({ key: madeUpKey }), 'is JSON'],
    [`HOKUSAI_API_KEY=${madeUpKey}`, named],
    [`export API_KEY=${madeUpKey}`, named],
    [`Authorization: Bearer ${madeUpKey}`, named],
    [`X-API-Key:${madeUpKey}`, named],
    [`${madeUpKey}%0A`, 'contains a line break'],
    [`Bearer%20${madeUpKey}`, 'contains white space'],
    [`\`${madeUpKey}\``, 'begins or ends with a quote'],
    [`\u200b${madeUpKey}`, 'contains characters that no key has'],
  ])('is noticed before anything is sent: %j', async (stored, message) => {
    const said = await refusal(fromEnv, stored);
    expect(said).toContain(message);
    expect(said).not.toContain(madeUpKey.slice(8));
  });

  it.each(['_Zq8rT2wLabc_', 'MZXW6YTBOI======', 'Zq8abckey=', 'abc$def%gh*ij', 'sk-Zq8.rT2+w/L=='])(
    'may look otherwise: %s',
    async (stored) => {
      expect(await resolved(fromEnv, stored)).toBe(stored);
    },
  );

  it('is read from a file, and a missing file is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hokusai-key-'));
    const path = join(folder, 'key');
    const sources = { env: {}, fetchSecret: async (): Promise<string> => '' };
    await expect(resolveApiKey({ from: 'file', path }, sources)).rejects.toThrow(
      `file ${path}  cannot be read: there is no such file (ENOENT)`,
    );
    await writeFile(path, `${madeUpKey}\n`);
    expect(await resolveApiKey({ from: 'file', path }, sources)).toBe(madeUpKey);
  });

  it('is refused with the reason that its store gives', async () => {
    const fetchSecret = async (): Promise<string> => {
      throw new Error('AccessDeniedException: not authorized');
    };
    await expect(resolveApiKey(fromSsm, { env: {}, fetchSecret })).rejects.toThrow(
      'SSM parameter /hokusai/key  cannot be read: AccessDeniedException: not authorized; check its name',
    );
  });
});
