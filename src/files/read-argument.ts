import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { collect } from './collect.ts';
import { descriptorOf } from './descriptor.ts';
import { FileError, systemError } from './file-error.ts';
import { kindOf } from './kind.ts';
import { readText } from './read.ts';
import { textOf } from './text.ts';

export const standardInput = '-';

/** Cached, because a pipe can be read only once and a watch reads its configuration before each cycle. */
const streams = new Map<string, Promise<string>>();

/**
 * Reads a command line argument as text: a regular file, `-` for standard input, or `/dev/fd/N`, which a shell passes
 * for `<(…)`. Only the last two may be pipes; they are read once and cached.
 * @throws FileError
 */
export const readArgument = (path: string, limit: number): Promise<string> => {
  const descriptor = streamOf(path);
  if (descriptor === null) return readText(path, limit);
  const name = String(descriptor);
  const known = streams.get(name) ?? readDescriptor(descriptor, path, limit);
  streams.set(name, known);
  return known;
};

/** The descriptor to read. Null for a file in a folder. */
export const streamOf = (path: string): number | null => (path === standardInput ? 0 : descriptorOf(path));

const readDescriptor = async (descriptor: number, path: string, limit: number): Promise<string> => {
  try {
    if (descriptor === 0) return piped(await collect(process.stdin, limit));
    const kind = kindOf(await stat(path));
    if (kind === 'file') return await readText(path, limit);
    if (kind !== 'named pipe' && kind !== 'socket') throw new FileError({ kind: 'not-a-file', found: kind });
    // Not through the file system: a read that waits there for a writer would keep the process from exiting.
    return piped(await collect(new Socket({ fd: descriptor, readable: true, writable: false }), limit));
  } catch (error) {
    throw systemError(error, 'read');
  }
};

/**
 * An empty configuration file means the defaults. An empty pipe means that the command that should have written to it
 * failed.
 */
const piped = (bytes: Buffer): string => {
  if (bytes.length === 0) throw new FileError({ kind: 'empty' });
  return textOf(bytes);
};
