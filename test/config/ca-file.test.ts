import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemsOf, settingsOf } from './documents.ts';

let folder = '';
let certificate = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-ca-'));
  // What @peculiar/x509 is built on asks for it first.
  await import('reflect-metadata');
  const { X509CertificateGenerator } = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  certificate = (
    await X509CertificateGenerator.createSelfSigned({ name: 'CN=Test CA', keys, signingAlgorithm: algorithm })
  ).toString('pem');
  await mkdir(join(folder, 'a-folder'));
});

const write = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return `network: { caFile: ${name} }`;
};

describe('network.caFile', () => {
  it('is resolved from the folder of the configuration, and only its certificates are used', async () => {
    const text = await write('good.pem', `# ours\r\n${certificate}\nsubject: x\n${certificate}\n`);
    const { network } = await settingsOf(text, folder);
    expect(network.extraCa?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(network.extraCa).not.toMatch(/ours|subject/);
  });

  it.each([
    { name: 'missing.pem', content: null, reason: 'does not exist: ' },
    { name: 'a-folder', content: null, reason: 'is not a file: ' },
    { name: 'empty.pem', content: '', reason: 'contains no PEM certificate: ' },
    { name: 'der.pem', content: '\u0030\u0082\u0001\u0000', reason: 'contains no PEM certificate: ' },
    {
      name: 'cut.pem',
      content: '-----BEGIN CERTIFICATE-----\nMIIB\n',
      reason: 'contains an unreadable certificate: ',
    },
    {
      name: 'broken.pem',
      content: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      reason: 'contains an unreadable certificate: ',
    },
    { name: 'large.pem', content: ' '.repeat(1024 * 1024 + 1), reason: 'is larger than 1 MiB: ' },
  ])('$name is refused with the file and the reason', async ({ name, content, reason }) => {
    if (content !== null) await write(name, content);
    const [problem] = await problemsOf(`network: { caFile: ${name} }`, folder);
    expect(problem).toContain(`synthetics.yaml:1:20  network.caFile  ${reason}${join(folder, name)}`);
  });

  it('is refused when it contains a private key', async () => {
    const text = await write(
      'both.pem',
      `${certificate}\n-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n`,
    );
    expect(await problemsOf(text, folder)).toEqual([expect.stringContaining('contains a private key')]);
  });
});
