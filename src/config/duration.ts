const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A number with its unit, such as 500ms, 60s, 1.5h or 7d; not zero. The caller checks the range. */
export const durationPattern = /^(?=[0.]*[1-9])([0-9]{1,15}(?:\.[0-9]{1,3})?)(ms|s|m|h|d)$/;

/** Milliseconds; null: not a duration. */
export const parseDuration = (text: string): number | null => {
  const [, count, unit] = durationPattern.exec(text) ?? [];
  if (count === undefined || unit === undefined) return null;
  return Number(count) * units[unit as keyof typeof units];
};
