import { X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { CaFileFault } from './fault.ts';

/** All the authorities that a system trusts take a quarter of it. */
const sizeLimit = 1024 * 1024;

export type CaFile =
  | { readonly kind: 'read'; readonly pem: string }
  | { readonly kind: 'refused'; readonly why: CaFileFault };

const refused = (why: CaFileFault): CaFile => ({ kind: 'refused', why });

/** The certificates of a file, in PEM, each of them readable; whatever else stands in the file is left out. */
export const readCaFile = async (path: string): Promise<CaFile> => {
  const text = await readText(path);
  if (text.kind === 'refused') return text;
  if (/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/.test(text.pem)) return refused('private-key');
  const begun = text.pem.split('-----BEGIN CERTIFICATE-----').length - 1;
  if (begun === 0) return refused('no-certificate');
  const blocks = text.pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length < begun || !blocks.every(isCertificate)) return refused('broken-certificate');
  return { kind: 'read', pem: `${blocks.join('\n')}\n` };
};

const isCertificate = (pem: string): boolean => {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
};

const readText = async (path: string): Promise<CaFile> => {
  try {
    await using file = await open(path, 'r');
    const stat = await file.stat();
    if (!stat.isFile()) return refused('not-a-file');
    if (stat.size > sizeLimit) return refused('too-large');
    return { kind: 'read', pem: await file.readFile('latin1') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return refused(code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable');
  }
};
