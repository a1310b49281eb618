import type { MetricDatum } from './catalogue.ts';
import { emfLimits } from './limits.ts';

/** EMF has no counts, so a value that occurred three times is written three times. */
const expanded = ({ values, counts }: MetricDatum): readonly number[] =>
  values.flatMap((value, index) => Array<number>(counts[index] ?? 1).fill(value));

/** Data that may share a line: same dimensions, same time. There are far fewer names than a directive may hold. */
const lineKey = ({ dimensions, timestamp }: MetricDatum): string => JSON.stringify([timestamp, dimensions]);

/**
 * The data in CloudWatch's Embedded Metric Format, one log line each, from which CloudWatch Logs creates the same
 * metrics
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * Each line has the highest level that LogLevel can require: Lambda treats a line without a level or a timestamp as
 * INFO and may drop it (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html).
 */
export const emfLines = (namespace: string, data: readonly MetricDatum[]): readonly string[] =>
  [...Map.groupBy(data, lineKey).values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const series = [...Map.groupBy(alike, ({ name }) => name)].map(([name, parts]) => ({
      name,
      values: parts.flatMap(expanded),
      unit: parts[0]?.unit ?? first.unit,
    }));
    const lines = Math.ceil(Math.max(...series.map(({ values }) => values.length)) / emfLimits.valuesPerMetric);
    return Array.from({ length: lines }, (_, line) => {
      const from = line * emfLimits.valuesPerMetric;
      const here = series
        .map(({ values, ...metric }) => ({ ...metric, values: values.slice(from, from + emfLimits.valuesPerMetric) }))
        .filter(({ values }) => values.length > 0);
      return JSON.stringify({
        level: 'ERROR',
        timestamp: new Date(first.timestamp).toISOString(),
        _aws: {
          Timestamp: first.timestamp,
          CloudWatchMetrics: [
            {
              Namespace: namespace,
              Dimensions: [Object.keys(first.dimensions)],
              Metrics: here.map(({ name, unit }) => ({ Name: name, Unit: unit })),
            },
          ],
        },
        ...first.dimensions,
        ...Object.fromEntries(here.map(({ name, values }) => [name, values.length === 1 ? values[0] : values])),
      });
    });
  });
