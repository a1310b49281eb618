import { resolve } from 'node:path';
import { FileError } from '../files/file-error.ts';
import { appendTarget, type WriteTarget, writeTarget } from '../files/target.ts';
import { writeTo } from '../files/write.ts';
import { print, say } from './print.ts';
import { UsageError } from './usage-error.ts';

/** A place for a report at which it was looked before: it could be written then. */
export interface Output {
  /** It is standard output: a terminal may be there. */
  readonly isStandard: boolean;
  /** @throws UsageError when it cannot be written now */
  write(text: string, stop: AbortSignal): Promise<void>;
}

const standardOutput: Output = { isStandard: true, write: print };

/**
 * Where `--output` says, or standard output. @param files others that the same call names, and that it must not be
 * @throws UsageError when it cannot be written, before any work is done for it
 */
export const openOutput = async (said: string | undefined, files: readonly (string | undefined)[]): Promise<Output> => {
  if (said === undefined || said === '-') return standardOutput;
  const name = `--output ${said}`;
  const same = files.find((file) => file !== undefined && resolve(file) === resolve(said));
  if (same !== undefined) throw new UsageError(`${name}: this call names the same file for something else`);
  const target = await looked(name, writeTarget(said));
  if (target.kind === 'descriptor' && target.descriptor === 1) return standardOutput;
  return outputAt(target, name, target.kind === 'replace' || target.kind === 'overwrite' ? said : null);
};

/** A file at whose end a report is written. @throws UsageError when it cannot be written */
export const openAppended = async (path: string, name: string): Promise<Output> =>
  outputAt(await looked(name, appendTarget(path)), name, null);

/** @param told how a file is called that is worth telling of */
const outputAt = (target: WriteTarget, name: string, told: string | null): Output => ({
  isStandard: false,
  write: async (text, stop) => {
    await looked(name, writeTo(target, text, stop));
    if (told !== null) say(`report written to ${told}`);
  },
});

const looked = async <T>(name: string, work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FileError) throw new UsageError(`${name} cannot be written: ${error.message}`);
    throw error;
  }
};
