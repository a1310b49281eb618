/** The straight line through equally spaced values, by least squares. */
export interface Line {
  /** Its value in the middle. */
  readonly mean: number;
  /** Its growth from the first value to the last. */
  readonly growth: number;
}

export const lineThrough = (values: readonly number[]): Line => {
  const { length } = values;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, length);
  const middle = (length - 1) / 2;
  const spread = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  const together = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  return { mean, growth: spread === 0 ? 0 : (together / spread) * (length - 1) };
};
