import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/sandbox/network/sockets.ts';
import { type ProcessGroup, startGroup, untilReady } from './process-group.ts';

export interface ServerCommand {
  /** The program and the arguments that do not depend on the port. */
  readonly command: readonly string[];
  readonly args: (port: number, folder: string) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** A path that responds when the server is ready. */
  readonly readyPath: string;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly group: ProcessGroup;
  close(): Promise<void>;
}

/** Generous: for a cold disk on a busy machine. */
const startLimitMs = 120_000;
const attempts = 3;

/** Starts a Python server on a free loopback port, with its own folder that is removed at the end. */
export const startServer = async (command: ServerCommand): Promise<RunningServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'hokusai-synthetics-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort('127.0.0.1');
    const url = `http://127.0.0.1:${port}`;
    const [program = '', ...args] = [...command.command, ...command.args(port, folder)];
    const group = startGroup(program, args, {
      cwd: folder,
      env: { PYTHONUNBUFFERED: '1', NO_PROXY: '127.0.0.1,localhost', ...command.env },
    });
    try {
      await untilReady(group, `${url}${command.readyPath}`, startLimitMs);
      return {
        url,
        port,
        group,
        close: async () => {
          await group.end();
          await remove();
        },
      };
    } catch (error) {
      await group.end();
      // Another process took the port in the meantime.
      if (attempt < attempts && /address already in use/i.test(group.log())) continue;
      await remove();
      throw error;
    }
  }
};
