/** Longer names are not compared: the cost grows with the product of both lengths. */
const comparedLength = 100;

/**
 * Optimal string alignment: insertions, deletions, substitutions and swapped neighbours, each at cost 1. Libraries such as
 * fastest-levenshtein count swapped neighbours, the commonest slip, as two changes, and add more to the bundle than this.
 */
const editDistance = (a: string, b: string): number => {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
};

/** timeout_ms, timeout-ms and TimeoutMs are the same mistake. */
const fold = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '');

/** The closest name, or null: a third of its letters may differ (at most 4), or 2 in short names. */
export const nearest = (name: string, candidates: readonly string[]): string | null => {
  if (name.length > comparedLength) return null;
  const folded = fold(name);
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const other = fold(candidate);
    const allowed = Math.min(Math.max(2, Math.floor(other.length / 3)), 4);
    if (Math.abs(other.length - folded.length) > allowed) continue;
    const distance = editDistance(folded, other);
    // As many changes as letters would match any name.
    if (distance <= allowed && distance < least && distance < other.length) {
      best = candidate;
      least = distance;
    }
  }
  return best;
};
