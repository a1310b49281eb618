/**
 * Milliseconds for the clean-up after an interruption. Orchestrators kill the process after ten seconds (docker stop).
 */
export const interruptedMs = 8_000;

/**
 * Milliseconds of that to wait for a response to a request that creates something: without it we do not know what to
 * delete.
 */
const settleMs = 2_000;

/** The deadlines of an interrupted flow. */
export class Ending {
  /** From this signal on, only the clean-up starts anything. */
  readonly stop: AbortSignal;
  readonly #settled = new AbortController();
  readonly #cut = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];
  #cutAt = Number.POSITIVE_INFINITY;

  constructor(stop: AbortSignal) {
    this.stop = stop;
    stop.addEventListener('abort', this.#begin);
    if (stop.aborted) this.#begin();
  }

  /** Aborts requests that create something. */
  get settled(): AbortSignal {
    return this.#settled.signal;
  }

  /** Aborts the clean-up. */
  get cut(): AbortSignal {
    return this.#cut.signal;
  }

  /** Deadline of the clean-up, on the monotonic clock in milliseconds. */
  endsAt(cycleEndsAt: number): number {
    return Math.min(cycleEndsAt, this.#cutAt);
  }

  readonly #begin = (): void => {
    this.#cutAt = performance.now() + interruptedMs;
    this.#timers.push(
      setTimeout(() => this.#settled.abort(), settleMs),
      setTimeout(() => this.#cut.abort(), interruptedMs),
    );
  };

  close(): void {
    this.stop.removeEventListener('abort', this.#begin);
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
