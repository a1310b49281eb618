/** Requests of a whole clean-up, and some for what goes wrong in it. */
const cleanupRequests = 25;

/** A flow of some fifty requests ends within its time while they take less than this on average; healthy ones take a tenth of it. */
const slowRequestMs = 500;

/** How fast the platform has answered this flow so far: what that means for the rest of it. */
export class Pace {
  #requests = 0;
  #ms = 0;

  note(ms: number): void {
    this.#requests += 1;
    this.#ms += ms;
  }

  get averageMs(): number {
    return this.#requests === 0 ? 0 : this.#ms / this.#requests;
  }

  /** Whether a flow that runs out of time has found the platform slow, and not only had little time. */
  get isSlow(): boolean {
    return this.averageMs >= slowRequestMs;
  }

  /** What the clean-up will take. A platform that is too slow for it gets nothing to clean up. */
  get cleanupMs(): number {
    return this.averageMs * cleanupRequests;
  }
}
