import { open, writeFile } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/** To the file that was asked for, or to standard output. */
export const writeReport = async (text: string, file: string | undefined): Promise<void> => {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(file, text).catch((error: unknown) => cannotWrite(file, error));
  process.stderr.write(`report written to ${file}\n`);
};

/** For what takes minutes: says so before it begins when its report could not be written. */
export const mustBeWritable = async (file: string | undefined): Promise<void> => {
  if (file === undefined) return;
  const handle = await open(file, 'a').catch((error: unknown) => cannotWrite(file, error));
  await handle.close();
};

const cannotWrite = (file: string, error: unknown): never => {
  throw new UsageError(`--output ${file} cannot be written: ${(error as NodeJS.ErrnoException).code}`);
};
