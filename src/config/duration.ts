const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A whole number with its unit, such as 500ms, 60s or 1h. */
export const durationPattern = /^([1-9][0-9]{0,8})(ms|s|m|h|d)$/;

/** Milliseconds; null: not a duration. */
export const parseDuration = (text: string): number | null => {
  const [, count, unit] = durationPattern.exec(text) ?? [];
  if (count === undefined || unit === undefined) return null;
  return Number(count) * units[unit as keyof typeof units];
};
