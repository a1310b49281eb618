import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { end } from '../child.ts';

/** The official client in a long-lived process, as in training. */
export interface PythonClient {
  /** Registers a model and deletes it again. @returns milliseconds by its own clock. @throws if it exits instead. */
  flow(): Promise<number>;
  close(): Promise<void>;
}

export const startPythonClient = (python: string, url: string): PythonClient => {
  const child = spawn(python, [join(import.meta.dirname, 'python_flow.py'), url], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NO_PROXY: '127.0.0.1,localhost',
      MLFLOW_LOGGING_LEVEL: 'ERROR',
      MLFLOW_DISABLE_TELEMETRY: 'true',
      MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: 'false',
      GIT_PYTHON_REFRESH: 'quiet',
    },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    flow: async () => {
      child.stdin.write('flow\n');
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error('the Python client ended');
        const took = /^took (.+)$/.exec(value)?.[1];
        if (took !== undefined) return Number(took);
      }
    },
    close: () => end(child),
  };
};
