/** Something did not finish in time. */
export class TimeUp extends Error {
  override readonly name = 'TimeUp';
}

export interface TimeLimit {
  /** The start of the error message: `DynamoDB did not answer`. */
  readonly failing: string;
  readonly ms: number;
  /** Ends it early. */
  readonly signal?: AbortSignal | undefined;
  /** The error message if the signal ended it. */
  readonly ended?: string;
}

/** The longest delay that a timer supports. */
const longestMs = 2 ** 31 - 1;

/**
 * Limits the time for work on something outside. Its signal releases what the work holds, but the race does not depend
 * on it: the AWS SDK's time-outs end with the head of a response, so a body that never arrives would be waited for
 * forever.
 *
 * @throws TimeUp, unless the work itself gives a more specific error
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
    // Give work that reacts to its signal one turn to report more exactly what hung.
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

/** The errors with which the SDK and Node report that they were stopped, but not why. */
const saysOnlyThatItEnded = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || ('code' in error && error.code === 'ECONNRESET'));

const secondsOf = (ms: number): number => Number((ms / 1_000).toPrecision(2));
