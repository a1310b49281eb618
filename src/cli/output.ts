import { open, writeFile } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/** To the file that was asked for, or to standard output. */
export const writeOutput = async (text: string, file: string | undefined): Promise<void> => {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(file, text).catch(cannotWrite(`--output ${file}`));
  process.stderr.write(`report written to ${file}\n`);
};

/** For what takes minutes: says so before it begins when its report could not be written. */
export const mustBeWritable = async (file: string | undefined): Promise<void> => {
  if (file === undefined) return;
  const handle = await open(file, 'a').catch(cannotWrite(`--output ${file}`));
  await handle.close();
};

export const cannotWrite =
  (what: string) =>
  (error: NodeJS.ErrnoException): never => {
    throw new UsageError(`${what} cannot be written: ${error.code}`);
  };
