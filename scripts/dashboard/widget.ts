import { type SeriesId, type SeriesKind, seriesKinds } from '../../src/metrics/catalogue.ts';

/** The configuration's default. Alarms and the function's permission name it too. */
export const namespace = 'Hokusai/Synthetics';

/** `${name}`, which CloudFormation fills in: a parameter, a resource, or a resource's attribute. */
export const filledIn = (name: string): string => `\${${name}}`;

const environment = filledIn('EnvironmentName');
const region = filledIn('AWS::Region');
/** Seconds of a cycle. A number, so its quotes are removed (body.ts). */
const cycleSeconds = filledIn('Seconds');

/** A line of a graph in the format of CloudWatch's dashboards. */
export type Line = readonly (string | Readonly<Record<string, string | number | boolean>>)[];

export interface Widget {
  readonly type: 'metric' | 'text' | 'log' | 'alarm' | 'custom';
  /** In dashboard columns; a dashboard has 24. */
  readonly width: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

type Statistic = 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'p50' | 'p95';

/** A series whose only dimension is the environment. */
export const series = (
  id: SeriesId,
  stat: Statistic,
  label: string,
  more: Readonly<Record<string, string>> = {},
): Line => [namespace, seriesKinds[id].name, 'Environment', environment, { stat, label, ...more }];

/** The series of one severity, host and so on, by name. */
export const seriesOf = (id: SeriesId, stat: Statistic, value: string, color: string): Line => {
  const { name, dimensions }: SeriesKind = seriesKinds[id];
  return [namespace, name, 'Environment', environment, dimensions[1] ?? '', value, { stat, label: value, color }];
};

/**
 * Every series of a kind in the last two weeks, one line per value of its second dimension. This finds what comes and
 * goes without naming it.
 */
export const each = (id: SeriesId, stat: Statistic): Line => searched(id, stat, '', '');

/** The same for the probe inside the VPC; empty if there is none. */
export const eachInVpc = (id: SeriesId, stat: Statistic): Line => searched(id, stat, '-vpc', ' from inside the VPC');

const searched = (id: SeriesId, stat: Statistic, environmentSuffix: string, labelSuffix: string): Line => {
  const { name, dimensions }: SeriesKind = seriesKinds[id];
  const search = `{${namespace},${dimensions.join(',')}} MetricName="${name}" Environment="${environment}${environmentSuffix}"`;
  return [
    {
      expression: `SEARCH('${search}', '${stat}', ${cycleSeconds})`,
      id: `${id}${environmentSuffix === '' ? '' : 'InVpc'}`,
      // `${!…}` is CloudFormation's escape for `${…}`, which CloudWatch fills in.
      label: `\${!PROP('Dim.${dimensions[1]}')}${labelSuffix}`,
    },
  ];
};

interface AwsMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimension: string;
  readonly value: string;
}

/** A series that AWS itself publishes. */
export const awsSeries = (metric: AwsMetric, stat: Statistic, label: string): Line => [
  metric.namespace,
  metric.name,
  metric.dimension,
  metric.value,
  { stat, label },
];

interface GraphOptions {
  readonly stacked?: true;
  readonly axis?: { readonly label?: string; readonly min?: number; readonly max?: number };
  /** A horizontal line at the value of a template parameter. */
  readonly bound?: { readonly label: string; readonly value: string };
}

export const graph = (
  title: string,
  width: number,
  metrics: readonly Line[],
  { stacked, axis = {}, bound }: GraphOptions = {},
): Widget => ({
  type: 'metric',
  width,
  properties: {
    title,
    region,
    view: 'timeSeries',
    stacked: stacked ?? false,
    period: cycleSeconds,
    metrics,
    yAxis: { left: { min: 0, showUnits: false, ...axis } },
    ...(bound === undefined ? {} : { annotations: { horizontal: [bound] } }),
  },
});

export const text = (width: number, ...paragraphs: readonly string[]): Widget => ({
  type: 'text',
  width,
  properties: { markdown: paragraphs.join('\n\n'), background: 'transparent' },
});

/** A table from the function's log. */
export const log = (title: string, width: number, query: string): Widget => ({
  type: 'log',
  width,
  properties: { title, region, view: 'table', query: `SOURCE '${filledIn('ProbeLogs')}' | ${query}` },
});

/** The states of alarms, given by their names in the template. */
export const alarms = (title: string, width: number, names: readonly string[]): Widget => ({
  type: 'alarm',
  width,
  properties: { title, alarms: names.map((name) => filledIn(`${name}.Arn`)) },
});

/**
 * A widget that one of our functions draws. It is drawn again whenever the dashboard is refreshed, resized, or shows
 * another time.
 */
export const drawn = (title: string, width: number, functionName: string): Widget => ({
  type: 'custom',
  width,
  properties: {
    title,
    endpoint: filledIn(`${functionName}.Arn`),
    updateOn: { refresh: true, resize: true, timeRange: true },
    params: { environment },
  },
});
