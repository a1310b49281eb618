/** Requests of a whole clean-up, with some margin for retries and failures. */
const cleanupRequests = 25;

/**
 * Milliseconds on average. A flow of about fifty requests finishes in time below this; healthy requests take a tenth of
 * it.
 */
const slowRequestMs = 500;

/** How fast the platform has responded to this flow, and what that means for the rest of the flow. */
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

  /** Whether a flow that ran out of time found a slow platform, rather than just a short limit. */
  get isSlow(): boolean {
    return this.averageMs >= slowRequestMs;
  }

  /** Estimated duration of the clean-up. The flow creates nothing on a platform that is too slow to clean up. */
  get cleanupMs(): number {
    return this.averageMs * cleanupRequests;
  }
}
