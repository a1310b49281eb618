import { execFile } from 'node:child_process';

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from standard input. */
  readonly input?: string;
  readonly cwd?: string;
  /** Milliseconds. */
  readonly limitMs: number;
}

/** @returns the command's stdout. @throws with the end of its output if it fails. */
export const run = (
  command: string,
  args: readonly string[],
  { env = {}, input, cwd, limitMs }: RunOptions,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, cwd, timeout: limitMs, maxBuffer: 16 * 1024 * 1024 };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const said = `${stdout}${stderr}`.trim().split('\n').slice(-8).join('\n');
      reject(
        new Error(
          `${command} ${args[0] ?? ''} … ${error.killed ? 'took too long' : 'failed'}: ${said || error.message}`,
        ),
      );
    });
    if (input !== undefined) child.stdin?.end(input);
  });
