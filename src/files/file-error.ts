import type { FileKind } from './kind.ts';

/** Why a file cannot be read or written, as data. */
export type FileTrouble =
  /** `code`: from the operating system, such as ENOSPC. */
  | { readonly kind: 'system'; readonly code: string; readonly detail: string; readonly doing: 'read' | 'write' }
  | { readonly kind: 'not-a-file'; readonly found: Exclude<FileKind, 'file'> }
  /** Bytes. */
  | { readonly kind: 'too-large'; readonly limit: number }
  /** Offset of the first invalid byte, from 0, and its line, from 1. */
  | { readonly kind: 'not-text'; readonly encoding: string; readonly offset: number; readonly line: number }
  | { readonly kind: 'zero-byte'; readonly offset: number }
  | { readonly kind: 'unsupported'; readonly encoding: string }
  | { readonly kind: 'empty' }
  /** This process has read the same file. */
  | { readonly kind: 'input' };

/** A file that cannot be read or written. The message follows the file's name and gives the reason and a remedy. */
export class FileError extends Error {
  readonly trouble: FileTrouble;

  constructor(trouble: FileTrouble) {
    super(wordsFor(trouble));
    this.trouble = trouble;
  }
}

export const systemError = (error: unknown, doing: 'read' | 'write'): FileError => {
  if (error instanceof FileError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new FileError({ kind: 'system', code: codeOf(error), detail, doing });
};

/** The operating system's error code. Empty for any other error. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const notFolder = 'something on the way to it is a file, not a folder: choose another place';

/** Meaning and remedy of each code. ENOENT means different things to a reader and to a writer. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space there',
  EDQUOT: 'the disk quota is used up: free some space there',
  EACCES: 'it may not be read or written: give this user the right to, in the folder too',
  EPERM: 'the system does not permit it: look at its owner and attributes (lsattr), and those of the folder',
  EROFS: 'the disk is mounted read-only: choose a place that can be written',
  EISDIR: 'there is a folder of that name: move it away, or choose another file',
  ENOTDIR: notFolder,
  EEXIST: notFolder,
  ELOOP: 'symbolic links lead in a circle: choose another place',
  ENAMETOOLONG: 'the name is too long: choose another place',
  EMFILE: 'this process has too many files open: raise the limit (ulimit -n)',
  EIO: 'the disk fails: look at the log of the system',
  EPIPE: 'its reader has gone',
  ESTALE: 'the network disk does not answer: look at its server',
};

const missing = { read: 'there is no such file', write: 'there is no such folder: make it first' } as const;

const wordsFor = (trouble: FileTrouble): string => {
  switch (trouble.kind) {
    case 'system': {
      const { code, detail, doing } = trouble;
      const reason = code === 'ENOENT' ? missing[doing] : Object.hasOwn(reasons, code) ? reasons[code] : undefined;
      return reason === undefined ? detail : `${reason} (${code})`;
    }
    case 'not-a-file':
      return `it is a ${trouble.found}, not a file: name a regular file`;
    case 'too-large':
      return `it is larger than ${bytes(trouble.limit)}: is it the right file?`;
    case 'not-text':
      return `it is not ${trouble.encoding}: the byte at offset ${trouble.offset} (line ${trouble.line}) is wrong; save it as UTF-8`;
    case 'zero-byte':
      return `it holds a zero byte at offset ${trouble.offset}, so it is not text, or it is UTF-16 without a byte order mark; save it as UTF-8`;
    case 'unsupported':
      return `it is ${trouble.encoding}; save it as UTF-8`;
    case 'empty':
      return 'nothing came from it: has the command failed that fills it?';
    case 'input':
      return 'this command reads the same file: choose another one';
  }
};

const bytes = (count: number): string => {
  if (count >= 1024 * 1024) return `${count / (1024 * 1024)} MiB`;
  return count >= 1024 ? `${count / 1024} KiB` : `${count} bytes`;
};
