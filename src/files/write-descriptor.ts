import { constants, fstatSync, open as openCallback, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { codeOf } from './file-error.ts';
import { kindOf } from './kind.ts';

/** All of it, to a descriptor that this process was given; it stays open. @throws what the file system throws */
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

/** Node's own standard output takes a short write for a whole one: on a disk that is nearly full, half a report would be a success. */
const writeAll = (descriptor: number, text: string): void => {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
};

/** How often is looked whether somebody reads a named pipe. */
const lookMs = 100;
const open = promisify(openCallback);

/** To a named pipe, when somebody reads it. @throws what `stop` says when nobody did by then; what the file system throws */
export const writePipe = async (path: string, text: string, stop: AbortSignal): Promise<void> => {
  for (;;) {
    try {
      // An open that waits in the system would keep the process from ending.
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
