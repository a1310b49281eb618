import { performance } from 'node:perf_hooks';

/** Milliseconds, assumed before anything was measured: an attempt in a new process whose code is not compiled yet. */
const coldMs = 3;

/** Attempts that must have ended before their measured cost outweighs chance. */
const telling = 8;

/**
 * How long an attempt keeps the event loop busy, in milliseconds, learned from the attempts that run together. It
 * depends on the machine, its other load, and how warm the process is.
 */
class AttemptCost {
  #ms = coldMs;
  #underWay = 0;
  #ended = 0;
  #before = performance.eventLoopUtilization();

  get ms(): number {
    return this.#ms;
  }

  begin(): void {
    if (this.#underWay === 0) {
      this.#before = performance.eventLoopUtilization();
      this.#ended = 0;
    }
    this.#underWay += 1;
  }

  end(): void {
    this.#underWay -= 1;
    this.#ended += 1;
    if (this.#ended < Math.max(telling, this.#underWay)) return;
    // On average, attempts under way are half done.
    const attempts = this.#ended + this.#underWay / 2;
    this.#ms = performance.eventLoopUtilization(this.#before).active / attempts;
  }
}

/** One per process, so that a cycle starts with what earlier cycles learned. */
export const attemptCost = new AttemptCost();
