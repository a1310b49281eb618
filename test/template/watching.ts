import { listOf, objectOf, textOf } from '../../scripts/template/intrinsics.ts';
import type { Resource } from '../../scripts/template/stack.ts';
import type { MetricDatum } from '../../src/metrics/catalogue.ts';

/** What somebody looks at: a metric, with exactly these dimensions. */
export interface Watched {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export const ourNamespace = 'Hokusai/Synthetics';

/** What AWS measures of what the stack has: namespace, metric and dimension. */
const awsMetrics: readonly string[] = [
  'AWS/Lambda Errors FunctionName',
  'AWS/Lambda Throttles FunctionName',
  'AWS/Lambda Duration FunctionName',
  'AWS/SQS NumberOfMessagesSent QueueName',
];

const sorted = (dimensions: Readonly<Partial<Record<string, string>>>): string =>
  JSON.stringify(Object.entries(dimensions).toSorted(([a], [b]) => a.localeCompare(b)));

export const isOf = ({ name, dimensions }: MetricDatum, watched: Watched): boolean =>
  name === watched.name && sorted(dimensions) === sorted(watched.dimensions);

/** Null: there is such a metric; else what is wrong, as a line. */
export const unknownMetric = (watched: Watched, published: readonly MetricDatum[]): string | null => {
  const { namespace, name, dimensions } = watched;
  const known =
    namespace === ourNamespace
      ? published.some((datum) => isOf(datum, watched))
      : awsMetrics.includes([namespace, name, ...Object.keys(dimensions)].join(' '));
  return known ? null : `${namespace} ${name} ${JSON.stringify(dimensions)}`;
};

/** What an alarm looks at: one metric, or those of its expression. */
export const watchedBy = ({ properties }: Resource): readonly Watched[] => {
  const metrics =
    properties['Metrics'] === undefined
      ? [properties]
      : listOf(properties['Metrics']).flatMap((metric) => {
          const stat = objectOf(metric)['MetricStat'];
          return stat === undefined ? [] : [objectOf(objectOf(stat)['Metric'])];
        });
  return metrics.map(({ Namespace, MetricName, Dimensions }) => ({
    namespace: textOf(Namespace),
    name: textOf(MetricName),
    dimensions: Object.fromEntries(
      listOf(Dimensions).map((dimension) => {
        const { Name, Value } = objectOf(dimension);
        return [textOf(Name), textOf(Value)];
      }),
    ),
  }));
};
