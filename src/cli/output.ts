import { resolve } from 'node:path';
import { FileError } from '../files/file-error.ts';
import { identityOf } from '../files/same-file.ts';
import { appendTarget, type WriteTarget, writeTarget } from '../files/target.ts';
import { writeTo } from '../files/write.ts';
import { printPaintedExact, say } from './print.ts';
import { UsageError } from './usage-error.ts';

/** A place for a report, which was writable when it was opened. */
export interface Output {
  /** Standard output, perhaps a terminal. */
  readonly isStandard: boolean;
  /** @throws UsageError when it cannot be written */
  write(text: string, stop: AbortSignal): Promise<void>;
}

const standardOutput: Output = { isStandard: true, write: printPaintedExact };

/**
 * The place of `--output`, by default standard output. @param files other files of the same command, which it must not overwrite
 * @param what its content, for the message after writing
 * @throws UsageError when it is not writable, before the work starts
 */
export const openOutput = async (
  said: string | undefined,
  files: readonly (string | undefined)[],
  what = 'report',
): Promise<Output> => {
  if (said === undefined || said === '-') return standardOutput;
  const name = `--output ${said}`;
  const same = files.find((file) => file !== undefined && resolve(file) === resolve(said));
  if (same !== undefined) throw new UsageError(`${name}: this command already uses the same file; name another one`);
  const target = await looked(name, writeTarget(said));
  if (target.kind === 'descriptor' && target.descriptor === 1) return standardOutput;
  return outputAt(
    target,
    name,
    target.kind === 'replace' || target.kind === 'overwrite' ? `${what} written to ${said}` : null,
  );
};

/** A file to append the report to. @throws UsageError when it is not writable */
export const openAppended = async (path: string, name: string): Promise<Output> =>
  outputAt(await looked(name, appendTarget(path)), name, null);

/** @param told the message after writing; null: none */
const outputAt = (target: WriteTarget, name: string, told: string | null): Output => ({
  isStandard: false,
  write: async (text, stop) => {
    await looked(name, writeTo(target, text, stop));
    if (told !== null) say(told);
  },
});

/** Writes one after the other. One that fails costs no other. @throws the first UsageError, at the end */
export const writeEach = async (writes: readonly (() => Promise<void>)[]): Promise<void> => {
  const failures: UsageError[] = [];
  for (const write of writes)
    await write().catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      failures.push(error);
    });
  const [first, ...more] = failures;
  for (const { message } of more) say(message);
  if (first !== undefined) throw first;
};

/** @throws UsageError when two names are the same file, or standard output that the shell sends there */
export const assertDistinct = async (names: readonly string[]): Promise<void> => {
  const seen = new Map<string, string>();
  for (const said of names) {
    const name = `--output ${said}`;
    const identity = await looked(name, identityOf(said));
    const same = seen.get(identity);
    if (same !== undefined)
      throw new UsageError(
        `${name}: ${same === said ? 'it is named twice' : `it is the same file as ${same}`}; name another one`,
      );
    seen.set(identity, said);
  }
};

const looked = async <T>(name: string, work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FileError) throw new UsageError(`${name} cannot be written: ${error.message}`);
    throw error;
  }
};
