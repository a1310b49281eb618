import type { BigIntStats, Stats } from 'node:fs';

export type FileKind = 'file' | 'folder' | 'character device' | 'block device' | 'named pipe' | 'socket';

export const kindOf = (found: Stats | BigIntStats): FileKind => {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'folder';
  if (found.isFIFO()) return 'named pipe';
  if (found.isSocket()) return 'socket';
  return found.isBlockDevice() ? 'block device' : 'character device';
};
