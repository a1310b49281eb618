/**
 * Probabilities of causes that exclude each other, as whole per cent by largest remainder, so that they never add up to
 * more than 100 %. Both ends are in words: no cause is certain, and chats interpret < and > in their own ways.
 */
export const percents = (probabilities: readonly number[]): readonly string[] => {
  const rest = Math.max(0, 1 - total(probabilities));
  const shares = [...probabilities, rest].map((probability) => probability * 100);
  const missing = Math.max(0, 100 - total(shares.map(Math.floor)));
  const byRemainder = [...shares.keys()].toSorted((a, b) => remainder(shares[b]) - remainder(shares[a]));
  const roundedUp = byRemainder.slice(0, missing);
  return probabilities.map((_, index) => inWords(Math.floor(shares[index] ?? 0) + Number(roundedUp.includes(index))));
};

const remainder = (share = 0): number => share % 1;

/** One probability on its own. */
export const percent = (probability: number): string => percents([probability]).join('');

interface Probable {
  /** Null: unknown. */
  readonly probability: number | null;
}

/** Largest rounding error of a sum of probabilities. */
const roundingError = 1e-6;

/** The probability of each, in words. Empty: unknown, or they do not exclude each other, as with causes of several faults. */
export const surenessOf = <T extends Probable>(all: readonly T[]): ((one: T) => string) => {
  const probabilities = all.map(({ probability }) => probability ?? 0);
  const shown = total(probabilities) > 1 + roundingError ? [] : percents(probabilities);
  return (one) => (one.probability === null ? '' : (shown[all.indexOf(one)] ?? ''));
};

/** `MLflow is down (96 %)` */
export const withSureness = (what: string, sureness: string): string =>
  sureness === '' ? what : `${what} (${sureness})`;

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

const inWords = (percentage: number): string => {
  if (percentage >= 100) return 'over 99 %';
  return percentage < 1 ? 'under 1 %' : `${percentage} %`;
};
