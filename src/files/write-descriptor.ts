import { constants, fstatSync, open as openCallback, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { codeOf } from './file-error.ts';
import { kindOf } from './kind.ts';

/** Writes the whole text to an inherited descriptor and leaves it open. @throws file system errors */
export const writeDescriptor = async (descriptor: number, text: string): Promise<void> => {
  const stream = descriptor === 1 ? process.stdout : descriptor === 2 ? process.stderr : null;
  const kind = kindOf(fstatSync(descriptor));
  const isRead = kind === 'named pipe' || kind === 'socket' || stream?.isTTY === true;
  if (!isRead) return writeAll(descriptor, text);
  if (stream === null) return end(new Socket({ fd: descriptor, readable: false, writable: true }), text);
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
};

/**
 * Node's own standard output treats a short write as a complete one: on a nearly full disk, half a report would count
 * as success.
 */
const writeAll = (descriptor: number, text: string): void => {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
};

/** Interval in milliseconds at which to check whether a named pipe has a reader. */
const lookMs = 100;
const open = promisify(openCallback);

/**
 * Writes to a named pipe once it has a reader. @throws the reason of `stop` if it has none by then; file system errors
 */
export const writePipe = async (path: string, text: string, stop: AbortSignal): Promise<void> => {
  for (;;) {
    try {
      // A blocking open would keep the process from exiting.
      const descriptor = await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
      return await end(new Socket({ fd: descriptor, readable: false, writable: true }), text);
    } catch (error) {
      if (codeOf(error) !== 'ENXIO') throw error;
      await pause(lookMs, undefined, { signal: stop });
    }
  }
};

const end = (socket: Socket, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.write(text, (error) => {
      socket.destroy();
      if (error) reject(error);
      else resolve();
    });
  });
