import { codeOf, systemError } from '../files/file-error.ts';
import { writeDescriptor } from '../files/write-descriptor.ts';
import { UsageError } from './usage-error.ts';

const standardOutput = 1;

/** A pipe that was closed, a terminal that was hung up, and what Node says of either from then on. */
const readerHasGone = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED']);

let isGone = false;

/**
 * To standard output. A reader that has seen enough, such as `head`, is no failure of ours: what it would have got is dropped, and
 * the command goes on to its own exit code. @throws UsageError when it cannot be written, such as to a full disk
 */
export const print = async (text: string): Promise<void> => {
  if (isGone) return;
  try {
    await writeDescriptor(standardOutput, text);
  } catch (error) {
    if (!readerHasGone.has(codeOf(error)))
      throw new UsageError(`standard output cannot be written: ${systemError(error, 'write').message}`);
    isGone = true;
  }
};

/** Whether nobody reads standard output any more, as far as that was noticed. */
export const hasNoReader = (): boolean => isGone;

/** To standard error, a line for a person. Where that cannot be written, nobody is left to be told. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Node would end the process with a stack trace. What is wrong with standard output is told by `print`. */
export const tolerateClosedStreams = (): void => {
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
};
