import { connect, type NetConnectOpts } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProcessGroup, startGroup, untilReady } from '../process-group.ts';

interface Command {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A server that an operator can stop, start, freeze, and run with another command. */
export interface Service {
  start(command?: Command): Promise<void>;
  stop(): Promise<void>;
  pause(): void;
  resume(): void;
  log(): string;
}

export interface ServiceOptions {
  readonly folder: string;
  readonly command: Command;
  /** It is ready when this URL responds or this address accepts connections. */
  readonly ready: string | NetConnectOpts;
}

/** For a cold disk on a busy machine. */
const startLimitMs = 120_000;

export const service = ({ folder, command: usual, ready }: ServiceOptions): Service => {
  let group: ProcessGroup | null = null;
  return {
    start: async ({ command, env = {} } = usual) => {
      const [program = '', ...args] = command;
      group = startGroup(program, args, {
        cwd: folder,
        env: { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1', ...env },
      });
      await (typeof ready === 'string' ? untilReady(group, ready, startLimitMs) : untilAccepts(group, ready));
    },
    stop: async () => {
      await group?.end();
      group = null;
      // The next server needs its port.
      while (await accepts(placeOf(ready))) await sleep(5);
    },
    pause: () => group?.pause(),
    resume: () => group?.resume(),
    log: () => group?.log() ?? '',
  };
};

const placeOf = (ready: ServiceOptions['ready']): NetConnectOpts => {
  if (typeof ready !== 'string') return ready;
  const { hostname, port } = new URL(ready);
  return { host: hostname, port: Number(port) };
};

const untilAccepts = async (group: ProcessGroup, place: NetConnectOpts): Promise<void> => {
  const deadline = performance.now() + startLimitMs;
  while (!(await accepts(place))) {
    if (!group.isRunning()) throw new Error(`the server ended while it started:\n${group.log()}`);
    if (performance.now() > deadline) throw new Error(`the server was not ready in time:\n${group.log()}`);
    await sleep(20);
  }
};

const accepts = (place: NetConnectOpts): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(place);
    const done = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
