import { Metrics } from '@aws-lambda-powertools/metrics';
import type { MetricDatum } from './catalogue.ts';
import { emfLimits } from './limits.ts';

/** At the limit Powertools writes by itself, and forgets the dimensions: stay one below. */
const valuesPerLine = emfLimits.valuesPerMetric - 1;

/** EMF knows no counts: a value that came three times is written three times. */
const expanded = ({ values, counts }: MetricDatum): readonly number[] =>
  values.flatMap((value, index) => Array<number>(counts[index] ?? 1).fill(value));

/** Data that may share a line: the same dimensions at the same time. The names are far fewer than a directive may hold. */
const lineKey = ({ dimensions, timestamp }: MetricDatum): string => JSON.stringify([timestamp, dimensions]);

/** The data in the Embedded Metric Format, a line of log each, from which CloudWatch Logs makes the same metrics. */
export const emfLines = (namespace: string, data: readonly MetricDatum[]): readonly string[] =>
  [...Map.groupBy(data, lineKey).values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const series = [...Map.groupBy(alike, ({ name }) => name)].map(([name, parts]) => ({
      name,
      values: parts.flatMap(expanded),
      unit: parts[0]?.unit ?? first.unit,
    }));
    const lines = Math.ceil(Math.max(...series.map(({ values }) => values.length)) / valuesPerLine);
    return Array.from({ length: lines }, (_, line) => {
      const metrics = new Metrics({ namespace });
      // Powertools' `service` is no dimension of ours: with it these would be other series.
      metrics.clearDefaultDimensions();
      metrics.addDimensions({ ...first.dimensions }).setTimestamp(first.timestamp);
      for (const { name, unit, values } of series) {
        for (const value of values.slice(line * valuesPerLine, (line + 1) * valuesPerLine)) {
          metrics.addMetric(name, unit, value);
        }
      }
      return JSON.stringify(metrics.serializeMetrics());
    });
  });
