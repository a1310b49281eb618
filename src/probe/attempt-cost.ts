import { performance } from 'node:perf_hooks';

/** Before anything was measured: an attempt in a process that has just started, whose code is not compiled yet. */
const coldMs = 3;

/** Ended attempts from which on their cost is more than chance. */
const telling = 8;

/**
 * What an attempt takes of the event loop, in milliseconds, as learned from those that are under way together.
 * It depends on the machine, on what else runs there, and on how warm the process is.
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
    // Those under way have, taken together, half of their work behind them.
    const attempts = this.#ended + this.#underWay / 2;
    this.#ms = performance.eventLoopUtilization(this.#before).active / attempts;
  }
}

/** One for the process: a cycle begins with what the one before has learned. */
export const attemptCost = new AttemptCost();
