import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The version of the Go toolchain; null if there is none. */
export const goVersion = async (): Promise<string | null> => {
  try {
    const { stdout } = await run('go', ['env', 'GOVERSION']);
    return stdout.trim();
  } catch {
    return null;
  }
};

export const go = async (arguments_: readonly string[], folder: string): Promise<string> => {
  const { stdout } = await run('go', [...arguments_], { cwd: folder, maxBuffer: 16 * 1024 * 1024 });
  return stdout;
};
