import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { builtCli } from './built.ts';

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts the shipped command line in its own process, as a user does. */
export const startCli = (
  args: readonly string[],
  { env = {}, cwd = process.cwd() }: Surroundings = {},
): ChildProcessByStdio<null, Readable, Readable> => {
  // A user does not have the tests' environment.
  const { HOKUSAI_API_KEY: _key, NODE_OPTIONS: _options, ...inherited } = process.env;
  return spawn(process.execPath, [builtCli, ...args], {
    cwd,
    env: { ...inherited, NO_COLOR: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
};

/** Runs the shipped command line and returns its output. */
export const cli = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd: string = process.cwd(),
): Promise<CliResult> => whenEnded(startCli(args, { cwd, env }));

/** Runs a bash script in which `synthetics` is the shipped command line. */
export const shell = (script: string, { env = {}, cwd = process.cwd() }: Surroundings = {}): Promise<CliResult> => {
  const { HOKUSAI_API_KEY: _key, NODE_OPTIONS: _options, ...inherited } = process.env;
  return whenEnded(
    spawn(
      'bash',
      [
        '-c',
        `set -o pipefail; node=$0 cli=$1; synthetics() { "$node" "$cli" "$@"; }; ${script}`,
        process.execPath,
        builtCli,
      ],
      {
        cwd,
        env: { ...inherited, NO_COLOR: '', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    ),
  );
};

export const whenEnded = (child: ChildProcessByStdio<Writable | null, Readable, Readable>): Promise<CliResult> => {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr })));
};
