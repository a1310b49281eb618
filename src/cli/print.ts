import { codeOf, systemError } from '../files/file-error.ts';
import { writeDescriptor } from '../files/write-descriptor.ts';
import { readable } from './ascii.ts';
import { UsageError } from './usage-error.ts';

const standardOutput = 1;

/** A closed pipe, a closed terminal, and Node's error for later writes to either. */
const readerHasGone = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED']);

/** One of our colours, or a character that a terminal obeys, or that hides or turns text. */
const obeyed = /\p{Cc}\[[0-9]{1,2}m|(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Nothing that a terminal obeys gets past here, wherever it came from: a server, a file, an argument. Renderers already
 * remove it from the texts that they know to be foreign.
 */
const harmless = (text: string, colors: boolean): string =>
  text.replace(obeyed, (found) => (colors && found.startsWith('\u001b[') ? found : '?'));

let isGone = false;

/**
 * Writes to standard output. If the reader closes the pipe early, as `head` does, the rest is dropped and the exit code stays the
 * command's own. @throws UsageError when the write fails, for example on a full disk
 */
export const print = (text: string): Promise<void> => write(harmless(readable(text), false));

/** The same for a text with our colours, whose renderer removes those of others. */
export const printPainted = (text: string): Promise<void> => write(harmless(readable(text), true));

/** For formats that programs read, which are UTF-8 in every locale. */
export const printExact = (text: string): Promise<void> => write(harmless(text, false));

/** For a text with our colours that is `readable` already, or in a format that programs read. */
export const printPaintedExact = (text: string): Promise<void> => write(harmless(text, true));

const write = async (text: string): Promise<void> => {
  if (isGone) return;
  try {
    await writeDescriptor(standardOutput, text);
  } catch (error) {
    if (!readerHasGone.has(codeOf(error)))
      throw new UsageError(`standard output cannot be written: ${systemError(error, 'write').message}`);
    isGone = true;
  }
};

/** Whether a write found that the reader of standard output is gone. */
export const hasNoReader = (): boolean => isGone;

/** Writes a line to standard error. Errors of that write are ignored: there is no other place to report them. */
export const say = (line: string): void => {
  process.stderr.write(`${harmless(readable(line), false)}\n`);
};

/** The same over a progress line, which it clears on a terminal. */
export const sayOverProgress = (line: string): void => {
  if (process.stderr.isTTY === true) process.stderr.write('\r\u001b[K');
  say(line);
};

/** Otherwise Node would exit with a stack trace. `print` reports errors of standard output. */
export const tolerateClosedStreams = (): void => {
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
};
