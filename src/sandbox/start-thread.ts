import { Worker } from 'node:worker_threads';
import { makeTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts';
import type { ThreadData, ThreadMessage, ThreadRequest } from './thread-protocol.ts';

export interface ThreadedSandbox {
  readonly configurationFile: string;
  readonly configuration: string;
  /** Returns the worst event loop lag of the thread, in milliseconds. */
  close(): Promise<number>;
}

/** A thread for sandboxes, one at a time. Its code is loaded once, which takes longer than starting a sandbox. */
export interface SandboxThread {
  /** @throws a sentence when the sandbox cannot be started; the next one still can. */
  start(data: ThreadData): Promise<ThreadedSandbox>;
  end(): Promise<void>;
}

/** The thread's file: beside this one in the sources, beside the bundle in the build. */
const file = import.meta.url.endsWith('.ts') ? './thread.ts' : './sandbox-thread.js';

export const openSandboxThread = (): SandboxThread => {
  const worker = new Worker(new URL(file, import.meta.url));
  let died: Error | null = null;
  let settle: { resolve(message: ThreadMessage): void; reject(error: Error): void } | null = null;
  worker.on('message', (message: ThreadMessage) => settle?.resolve(message));
  const dies = (error: Error): void => {
    died ??= error;
    settle?.reject(died);
  };
  worker.on('error', (error) => dies(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => dies(new Error('the thread of the sandbox has ended')));
  const ask = (request: ThreadRequest): Promise<ThreadMessage> =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
      if (died === null) worker.postMessage(request);
      else reject(died);
    });
  const close = async (): Promise<number> => {
    const message = await ask({ kind: 'close' });
    if (message.kind !== 'closed')
      throw new Error(message.kind === 'failed' ? message.reason : 'the sandbox did not close');
    return message.lateMs;
  };
  // Owned by this thread, because the sandbox's own can be terminated at any moment.
  let folder: TemporaryFolder | null = null;
  const removeFolder = async (): Promise<void> => {
    await folder?.remove();
    folder = null;
  };
  return {
    start: async (data) => {
      folder = makeTemporaryFolder();
      const message = await ask({ kind: 'start', folder: folder.path, ...data });
      if (message.kind !== 'started') {
        await removeFolder();
        throw new Error(message.kind === 'failed' ? message.reason : 'the sandbox ended before it began');
      }
      const { configurationFile, configuration } = message;
      return { configurationFile, configuration, close: () => close().finally(removeFolder) };
    },
    end: async () => {
      await worker.terminate();
      await removeFolder();
    },
  };
};

/** Starts one sandbox in its own thread, which ends with it. Throws a sentence when the sandbox cannot be started. */
export const startSandboxThread = async (data: ThreadData): Promise<ThreadedSandbox> => {
  const thread = openSandboxThread();
  try {
    const sandbox = await thread.start(data);
    return {
      ...sandbox,
      close: async () => {
        const lateMs = await sandbox.close();
        await thread.end();
        return lateMs;
      },
    };
  } catch (error) {
    await thread.end();
    throw error;
  }
};
