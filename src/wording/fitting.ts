/** The first variant that fits; if none does, the last one. */
export const firstFitting = (most: number, [first, ...others]: readonly [string, ...string[]]): string =>
  [first, ...others].find((text) => text.length <= most) ?? others.at(-1) ?? first;
