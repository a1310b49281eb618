/** Numbers that only look random: the same seed gives the same week, on every machine (mulberry32). */
export interface Random {
  /** 0 ≤ x < 1 */
  readonly fraction: () => number;
  readonly chance: (probability: number) => boolean;
  /** Both ends included. */
  readonly between: (least: number, most: number) => number;
  /** As many short ones as long ones: each power of two is alike likely. */
  readonly spread: (least: number, most: number) => number;
  readonly pick: <T>(from: readonly [T, ...T[]]) => T;
  readonly some: <T>(from: readonly T[], count: number) => readonly T[];
}

export const randomOf = (seed: number): Random => {
  let state = (seed * 0x9e3779b1) >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(fraction() * (most - least + 1));
  return {
    fraction,
    chance: (probability) => fraction() < probability,
    between,
    spread: (least, most) => Math.round(least * (most / least) ** fraction()),
    pick: (from) => from[Math.floor(fraction() * from.length)] ?? from[0],
    some: (from, count) => {
      const left = [...from];
      const taken: (typeof left)[number][] = [];
      while (taken.length < count && left.length > 0) taken.push(...left.splice(between(0, left.length - 1), 1));
      return taken;
    },
  };
};
