import { execFile } from 'node:child_process';

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly limitMs: number;
}

/** @returns the command's stdout. @throws with the end of its output if it fails. */
export const run = (command: string, args: readonly string[], { env = {}, limitMs }: RunOptions): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, timeout: limitMs, maxBuffer: 16 * 1024 * 1024 };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const said = `${stdout}${stderr}`.trim().split('\n').slice(-8).join('\n');
      reject(
        new Error(
          `${command} ${args[0] ?? ''} … ${error.killed ? 'took too long' : 'failed'}: ${said || error.message}`,
        ),
      );
    });
  });
