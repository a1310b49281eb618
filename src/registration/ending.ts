/** After an interruption the clean-up may take so long: orchestrators kill ten seconds after it (docker stop). */
export const interruptedMs = 8_000;

/** Of that, for the answer to what is being made at that moment: without it nobody knows what there is to delete. */
const settleMs = 2_000;

/** How a flow ends that is interrupted. */
export class Ending {
  /** From here on nothing is begun but the clean-up. */
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

  /** Then a request that makes something is given up. */
  get settled(): AbortSignal {
    return this.#settled.signal;
  }

  /** Then the clean-up is. */
  get cut(): AbortSignal {
    return this.#cut.signal;
  }

  /** When the clean-up has to end, on the monotonic clock in milliseconds. */
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
