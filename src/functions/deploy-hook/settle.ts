/** One look, and how to take another. */
export interface Looks<T> {
  readonly look: (cycles: number) => Promise<T>;
  readonly passes: (seen: T) => boolean;
  /** Whether there is time for another look after this one. */
  readonly hasTime: (seen: T) => boolean;
  /** Called before each pause. */
  readonly onFailure: (cycles: number) => void;
  /** Milliseconds, from any origin. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

export interface SettleLimits {
  /** Milliseconds between two looks. */
  readonly pauseMs: number;
  /** The longest cut-over, in milliseconds: until then, failures may be the old version's end. */
  readonly cutOverMs: number;
}

/**
 * Looks until one passes, or until one fails that began a whole cut-over after the first failing one ended: that one may
 * have failed in its last request. @returns the last look
 */
export const settle = async <T>(
  { look, passes, hasTime, onFailure, now, pause }: Looks<T>,
  { pauseMs, cutOverMs }: SettleLimits,
): Promise<T> => {
  let firstEnd: number | null = null;
  for (let cycles = 1; ; cycles++) {
    const began = now();
    const seen = await look(cycles);
    if (passes(seen) || (firstEnd !== null && began - firstEnd >= cutOverMs) || !hasTime(seen)) return seen;
    firstEnd ??= now();
    onFailure(cycles);
    await pause(pauseMs);
  }
};
