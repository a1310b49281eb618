/** The first variant that is not too long; when all are, the last. */
export const firstFitting = (most: number, [first, ...others]: readonly [string, ...string[]]): string =>
  [first, ...others].find((text) => text.length <= most) ?? others.at(-1) ?? first;
