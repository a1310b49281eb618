/**
 * Probabilities of causes that exclude each other, in whole per cent by largest remainder: what is shown never adds up to more than
 * 100 %. In words at both ends: no cause is certain, and chats read < and > in their own ways.
 */
export const percents = (probabilities: readonly number[]): readonly string[] => {
  const rest = Math.max(0, 1 - total(probabilities));
  const shares = [...probabilities, rest].map((probability) => Math.min(1, Math.max(0, probability)) * 100);
  const whole = shares.map(Math.floor);
  const missing = Math.max(0, 100 - total(whole));
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .toSorted((a, b) => b.remainder - a.remainder);
  const roundedUp = new Set(byRemainder.slice(0, missing).map(({ index }) => index));
  return probabilities.map((_, index) => inWords((whole[index] ?? 0) + (roundedUp.has(index) ? 1 : 0)));
};

/** One probability by itself. */
export const percent = (probability: number): string => percents([probability]).join('');

interface Probable {
  /** Null: not known. */
  readonly probability: number | null;
}

/** The sum of probabilities is off by no more than this. */
const roundingError = 1e-6;

/** How sure each of these is; empty: not known, or they do not exclude each other, as causes of several faults do not. */
export const surenessOf = <T extends Probable>(all: readonly T[]): ((one: T) => string) => {
  const known = all.filter(({ probability }) => probability !== null);
  const probabilities = known.map(({ probability }) => probability ?? 0);
  if (total(probabilities) > 1 + roundingError) return () => '';
  const shown = percents(probabilities);
  const words = new Map(known.map((one, index) => [one, shown[index] ?? '']));
  return (one) => words.get(one) ?? '';
};

/** `MLflow is down (96 %)` */
export const withSureness = (what: string, sureness: string): string =>
  sureness === '' ? what : `${what} (${sureness})`;

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

const inWords = (percentage: number): string => {
  if (percentage >= 100) return 'over 99 %';
  return percentage < 1 ? 'under 1 %' : `${percentage} %`;
};
