/** Something was not over in its time. */
export class TimeUp extends Error {
  override readonly name = 'TimeUp';
}

export interface TimeLimit {
  /** What is said of it: `DynamoDB did not answer`. */
  readonly failing: string;
  readonly ms: number;
  /** Ends it earlier. */
  readonly signal?: AbortSignal | undefined;
  /** What is said when the signal ended it. */
  readonly ended?: string;
}

/** The longest that a timer takes. */
const longestMs = 2 ** 31 - 1;

/**
 * Work on something outside, for so long and no longer. Its signal lets go of what it holds; the race does not depend on that:
 * the time-outs of the AWS SDK end with the head of an answer, so one whose body never comes would be waited for without end.
 *
 * @throws TimeUp; what the work itself says of why it ended goes first
 */
export const within = async <T>(
  { failing, ms, signal, ended = `${failing} in time` }: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  if (ms <= 0) throw new TimeUp(`${failing}: no time was left for it`);
  const ending = new AbortController();
  const cut = Promise.withResolvers<never>();
  const end = (reason: string): void => {
    const error = new TimeUp(reason);
    ending.abort(error);
    // Work that minds its signal has a turn to say more exactly what hung.
    setImmediate(() => cut.reject(error));
  };
  const onAbort = (): void => end(ended);
  const timer = setTimeout(() => end(`${failing} within ${secondsOf(ms)} s`), Math.min(longestMs, ms));
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  try {
    return await Promise.race([(async () => work(ending.signal))(), cut.promise]);
  } catch (error) {
    throw ending.signal.aborted && saysOnlyThatItEnded(error) ? ending.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
};

/** How the SDK and Node name that they were stopped: not why. */
const saysOnlyThatItEnded = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || ('code' in error && error.code === 'ECONNRESET'));

const secondsOf = (ms: number): number => Number((ms / 1_000).toPrecision(2));
