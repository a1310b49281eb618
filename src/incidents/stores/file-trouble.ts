import { StoreError } from '../store.ts';
import { messageOf } from './wording.ts';

/** What is wrong and the way out, by the codes of the operating system. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space there',
  EDQUOT: 'the disk quota is used up: free some space there',
  EACCES: 'it may not be read or written: give this user the right to, in the folder too',
  EPERM: 'the system does not permit it: look at its owner and attributes (lsattr), and those of the folder',
  EROFS: 'the disk is mounted read-only: choose a place that can be written',
  EISDIR: 'there is a folder of that name: move it away, or choose another file',
  ENOTDIR: 'something on the way to it is a file, not a folder: choose another place',
  EEXIST: 'something on the way to it is a file, not a folder: choose another place',
  ELOOP: 'symbolic links lead in a circle: choose another place',
  ENAMETOOLONG: 'the name is too long: choose another place',
  EMFILE: 'this process has too many files open: raise the limit (ulimit -n)',
  EIO: 'the disk fails: look at the log of the system',
  ESTALE: 'the network disk does not answer: look at its server',
};

/** @param path of the stored incidents; the trouble can be with what stands beside it */
export const fileTrouble = (path: string, error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = Object.hasOwn(reasons, code) ? `${reasons[code]} (${code})` : messageOf(error);
  return new StoreError('unavailable', `The incidents cannot be kept in ${path}: ${reason}`, { cause: error });
};
