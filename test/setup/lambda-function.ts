import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { LambdaRuntime } from './lambda-ric.ts';
import { type Ended, startRuntimeApi } from './runtime-api.ts';

export interface LambdaFunction {
  invoke(event: unknown, timeoutMs?: number): Promise<Ended>;
  /** The function's log so far. */
  log(): string;
  /** The log's JSON lines, parsed as CloudWatch Logs would. */
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

/** Example keys from AWS's documentation. The identifier next to them is not secret. */
export const roleCredentials = {
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'the-session-token-of-the-role',
} as const;

/**
 * Starts a bundle's `index.handler` in its own process, with Lambda's environment plus additions.
 *
 * @param prefix of the command, if the process needs its own namespace
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
  // A dead runtime never answers, so whoever waits gets its last output instead.
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
