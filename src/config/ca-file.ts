import { X509Certificate } from 'node:crypto';
import { FileError, type FileTrouble } from '../files/file-error.ts';
import { readInput } from '../files/read.ts';
import { sizeLimits } from '../files/size-limits.ts';
import { decoded, wideEncoding } from '../files/text.ts';
import type { CaFileFault } from './config-errors.ts';

export type CaFile =
  | { readonly kind: 'read'; readonly pem: string }
  | { readonly kind: 'refused'; readonly why: CaFileFault };

const refused = (why: CaFileFault): CaFile => ({ kind: 'refused', why });

/** The certificates of a PEM file, each of them readable. Other content is dropped. */
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

/** Comments around the certificates can have any encoding; PEM itself is ASCII. */
const readText = async (path: string): Promise<CaFile> => {
  try {
    const bytes = await readInput(path, sizeLimits.authorities);
    const wide = wideEncoding(bytes);
    return { kind: 'read', pem: wide === null ? bytes.toString('latin1') : decoded(bytes, wide) };
  } catch (error) {
    return refused(error instanceof FileError ? faultOf(error.trouble) : 'unreadable');
  }
};

const faultOf = (trouble: FileTrouble): CaFileFault => {
  if (trouble.kind === 'not-a-file' || trouble.kind === 'too-large') return trouble.kind;
  const isMissing = trouble.kind === 'system' && (trouble.code === 'ENOENT' || trouble.code === 'ENOTDIR');
  return isMissing ? 'missing' : 'unreadable';
};
