import { fork } from 'node:child_process';
import type { GenerationName } from '../../src/sandbox/generations.ts';
import type { FarmMessage, FarmRequest } from './farm-protocol.ts';

/** Sandboxes in a process of their own. */
export interface Farm {
  /** Starts a sandbox and returns the path of its configuration. */
  open(fault: string | null, generation: GenerationName): Promise<string>;
  /** @throws when the sandbox does not close in time */
  close(configurationFile: string): Promise<void>;
  /** The longest delay of its event loop since then (Unix time), in milliseconds. */
  lateSince(time: number): Promise<number>;
  end(): void;
}

/** Milliseconds for a request to the farm on a busy machine. */
const limitMs = 600_000;

type Unnumbered<Request> = Request extends unknown ? Omit<Request, 'number'> : never;

/** @param mlflowUrl of a real server behind every sandbox; null: the stand-in */
export const startFarm = (mlflowUrl: string | null): Farm => {
  const child = fork(new URL('./farm-process.ts', import.meta.url));
  const waiting = new Map<number, (message: FarmMessage) => void>();
  let last = 0;
  child.on('message', (message: FarmMessage) => {
    waiting.get(message.number)?.(message);
    waiting.delete(message.number);
  });
  child.on('exit', (code) => {
    if (child.connected || waiting.size > 0) throw new Error(`the farm ended with ${code}`);
  });
  const ask = async (request: Unnumbered<FarmRequest>): Promise<FarmMessage & { readonly kind: 'done' }> => {
    last += 1;
    const number = last;
    const answered = new Promise<FarmMessage>((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(number);
        resolve({ kind: 'failed', number, reason: `${JSON.stringify(request)} was not answered` });
      }, limitMs);
      waiting.set(number, (message) => {
        clearTimeout(timer);
        resolve(message);
      });
    });
    child.send({ ...request, number });
    const message = await answered;
    if (message.kind === 'failed') throw new Error(message.reason);
    return message;
  };
  return {
    open: async (fault, generation) => (await ask({ kind: 'open', fault, generation, mlflowUrl })).configurationFile,
    close: async (configurationFile) => {
      await ask({ kind: 'close', configurationFile });
    },
    lateSince: async (since) => (await ask({ kind: 'late', since })).lateMs,
    end: () => child.disconnect(),
  };
};
