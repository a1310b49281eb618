import { Worker } from 'node:worker_threads';
import type { ThreadData, ThreadMessage } from './thread-protocol.ts';

export interface ThreadedSandbox {
  readonly configurationFile: string;
  readonly configuration: string;
  close(): Promise<void>;
}

/** The thread's file: beside this one in the sources, beside the bundle in what is built. */
const file = import.meta.url.endsWith('.ts') ? './thread.ts' : './sandbox-thread.js';

/** Starts the sandbox in a thread; throws a sentence when it cannot be started. */
export const startSandboxThread = async (data: ThreadData): Promise<ThreadedSandbox> => {
  const worker = new Worker(new URL(file, import.meta.url), { workerData: data });
  const message = await new Promise<ThreadMessage>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  if (message.kind !== 'started') {
    await worker.terminate();
    throw new Error(message.kind === 'failed' ? message.reason : 'the sandbox ended before it began');
  }
  return {
    configurationFile: message.configurationFile,
    configuration: message.configuration,
    close: async () => {
      const closed = new Promise((resolve) => worker.once('message', resolve));
      worker.postMessage('close');
      await closed;
      await worker.terminate();
    },
  };
};
