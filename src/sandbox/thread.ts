import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import { type Sandbox, startSandboxIn } from './start.ts';
import type { ThreadMessage, ThreadRequest } from './thread-protocol.ts';

/** Runs sandboxes one after the other in a thread of their own, so that their work does not make the prober's event loop lag. */
const loop = monitorEventLoopDelay({ resolution: 10 });
let sandbox: Sandbox | null = null;

const start = async ({
  folder,
  options,
  faultIds,
}: ThreadRequest & { readonly kind: 'start' }): Promise<ThreadMessage> => {
  sandbox = await startSandboxIn(folder, options, faultIds);
  loop.reset();
  loop.enable();
  return {
    kind: 'started',
    configurationFile: sandbox.configurationFile,
    configuration: sandbox.configuration,
  };
};

const close = async (): Promise<ThreadMessage> => {
  loop.disable();
  await sandbox?.close();
  sandbox = null;
  return { kind: 'closed', lateMs: loop.max / 1e6 };
};

parentPort?.on('message', (request: ThreadRequest) => {
  (request.kind === 'start' ? start(request) : close()).then(
    (message) => parentPort?.postMessage(message),
    (error: unknown) => {
      const message: ThreadMessage = {
        kind: 'failed',
        reason: error instanceof Error ? error.message : String(error),
      };
      parentPort?.postMessage(message);
    },
  );
});
