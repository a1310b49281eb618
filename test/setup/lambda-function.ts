import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { LambdaRuntime } from './lambda-ric.ts';
import { type Ended, startRuntimeApi } from './runtime-api.ts';

export interface LambdaFunction {
  invoke(event: unknown, timeoutMs?: number): Promise<Ended>;
  /** Everything that the function wrote to its log so far. */
  log(): string;
  /** The log's lines that are JSON, as CloudWatch Logs would take them apart. */
  lines(): readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

const parsed = (line: string): readonly Readonly<Record<string, unknown>>[] => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? [value as Readonly<Record<string, unknown>>] : [];
  } catch {
    return [];
  }
};

/** Made up, like everything that AWS's documentation shows; the identifier beside them is no secret. */
export const roleCredentials = {
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'the-session-token-of-the-role',
} as const;

/**
 * Starts a bundle's `index.handler` in a process of its own, with the environment that Lambda gives and what is added to it.
 *
 * @param prefix of the command, where the process needs a world of its own
 */
export const startFunction = async (
  runtime: LambdaRuntime,
  folder: string,
  environment: Readonly<Record<string, string>>,
  prefix: readonly string[] = [],
): Promise<LambdaFunction> => {
  const api = await startRuntimeApi();
  const [command = '', ...args] = [...prefix, process.execPath, runtime.script];
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      AWS_LAMBDA_RUNTIME_API: api.address,
      _HANDLER: 'index.handler',
      LAMBDA_TASK_ROOT: folder,
      AWS_LAMBDA_FUNCTION_NAME: 'probe',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/probe',
      AWS_LAMBDA_LOG_STREAM_NAME: 'a-stream',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      ...roleCredentials,
      ...environment,
    },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => output.push(text));
  }
  // A runtime that dies answers nothing any more: whoever waits for it is told so, with its last words.
  const died = once(child, 'exit').then(
    ([code, signal]): Ended => ({
      kind: 'error',
      errorType: 'RuntimeExited',
      errorMessage: `ended with ${code ?? signal}: ${output.join('').slice(-2_000)}`,
    }),
  );
  return {
    invoke: (event, timeoutMs = 60_000) => Promise.race([api.invoke(event, timeoutMs), died]),
    log: () => output.join(''),
    lines: () => output.join('').split('\n').flatMap(parsed),
    close: async () => {
      child.kill('SIGKILL');
      await died;
      await api.close();
    },
  };
};
