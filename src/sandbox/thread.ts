import { parentPort, workerData } from 'node:worker_threads';
import { startSandbox } from './start.ts';
import type { ThreadData, ThreadMessage } from './thread-protocol.ts';

/** The sandbox in a thread of its own, so that its work does not make the prober's clock late. */
const { options, faultIds } = workerData as ThreadData;

const say = (message: ThreadMessage): void => parentPort?.postMessage(message);

startSandbox(options, faultIds).then(
  (sandbox) => {
    parentPort?.once('message', () => {
      sandbox.close().then(() => {
        say({ kind: 'closed' });
        parentPort?.close();
      });
    });
    say({ kind: 'started', configurationFile: sandbox.configurationFile, configuration: sandbox.configuration });
  },
  (error: unknown) => say({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
);
