/** How often the event loop's lateness is sampled, in milliseconds: a tenth of the goal for a phase's error would cost more than it tells. */
const sampleMs = 5;

interface Watch {
  worstMs: number;
}

/**
 * Watches how late the event loop runs while probes are under way, so that each outcome can say what its timings are worth.
 * Sampled by a timer that is alive only while someone watches.
 */
export class LoopWatch {
  readonly #watches = new Set<Watch>();
  #timer: NodeJS.Timeout | undefined;
  #expectedAt = 0;

  /** Begins to watch; the returned function ends it and gives the worst lateness in milliseconds. */
  start(): () => number {
    const watch: Watch = { worstMs: 0 };
    this.#watches.add(watch);
    if (this.#timer === undefined) this.#schedule();
    return () => {
      // A loop that is late at this very moment has not been sampled yet.
      watch.worstMs = Math.max(watch.worstMs, performance.now() - this.#expectedAt);
      this.#watches.delete(watch);
      if (this.#watches.size === 0) {
        clearTimeout(this.#timer);
        this.#timer = undefined;
      }
      return watch.worstMs;
    };
  }

  #schedule(): void {
    this.#expectedAt = performance.now() + sampleMs;
    this.#timer = setTimeout(() => {
      const lateMs = performance.now() - this.#expectedAt;
      for (const watch of this.#watches) watch.worstMs = Math.max(watch.worstMs, lateMs);
      this.#schedule();
    }, sampleMs);
  }
}
