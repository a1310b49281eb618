/**
 * Interval in milliseconds at which event loop lag is sampled. A tenth of the goal for a phase's error would cost more
 * than it is worth.
 */
const sampleMs = 5;

interface Watch {
  worstMs: number;
}

/**
 * Measures event loop lag while probes are under way, so that each outcome can say how reliable its timings are. The
 * sampling timer only runs while someone is watching.
 */
export class LoopWatch {
  readonly #watches = new Set<Watch>();
  #timer: NodeJS.Timeout | undefined;
  #expectedAt = 0;

  /** Starts to watch. The returned function stops and returns the worst lag in milliseconds. */
  start(): () => number {
    const watch: Watch = { worstMs: 0 };
    this.#watches.add(watch);
    if (this.#timer === undefined) this.#schedule();
    return () => {
      // Lag at this very moment has not been sampled yet.
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
