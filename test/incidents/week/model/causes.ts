export const inCommon = (some: readonly string[], others: ReadonlySet<string>): number =>
  some.filter((one) => others.has(one)).length;

/** In how far causes are others than those that were told; null: no news. */
export const differs = (causes: readonly string[], told: readonly string[]): 'moved' | 'narrowed' | null => {
  if (causes.length === 0 && told.length === 0) return null;
  const common = inCommon(causes, new Set(told));
  if (common === 0) return 'moved';
  return common === causes.length && causes.length < told.length ? 'narrowed' : null;
};
