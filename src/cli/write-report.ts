import { writeFile } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/** To the file that was asked for, or to standard output. */
export const writeReport = async (text: string, file: string | undefined): Promise<void> => {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`--output ${file} cannot be written: ${(error as NodeJS.ErrnoException).code}`);
  }
  process.stderr.write(`report written to ${file}\n`);
};
