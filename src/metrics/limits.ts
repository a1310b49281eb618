/** CloudWatch's limits on PutMetricData (API reference, PutMetricData and MetricDatum). */
export const cloudWatchLimits = {
  metricsPerRequest: 1_000,
  /** 1 MB before compression. The request's own frame takes little of it. */
  requestBytes: 1_000_000,
  /** Distinct values, each with its count, in one datum. */
  valuesPerDatum: 150,
  /** ASCII, with at least one character that is not white space. */
  dimensionValueCharacters: 1_024,
  /** Values lie within ±2^360. */
  largestValue: 2 ** 360,
} as const;

/** The Embedded Metric Format's limits (CloudWatch user guide, "Specification: Embedded metric format"). */
export const emfLimits = {
  metricsPerDirective: 100,
  valuesPerMetric: 100,
} as const;
