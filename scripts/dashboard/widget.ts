import { type SeriesId, type SeriesKind, seriesKinds } from '../../src/metrics/catalogue.ts';

/** The configuration's default; alarms and the function's permission name it too. */
export const namespace = 'Hokusai/Synthetics';

/** `${name}`, which CloudFormation fills in: a parameter, a resource, or an attribute of one. */
export const filledIn = (name: string): string => `\${${name}}`;

const environment = filledIn('EnvironmentName');
const region = filledIn('AWS::Region');
/** Of a cycle. A number: the quotes around it fall away (body.ts). */
const cycleSeconds = filledIn('Seconds');

/** A line of a graph, as CloudWatch's dashboards spell it. */
export type Line = readonly (string | Readonly<Record<string, string | number | boolean>>)[];

export interface Widget {
  readonly type: 'metric' | 'text' | 'log' | 'alarm' | 'custom';
  /** Of the 24 columns of a dashboard. */
  readonly width: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

type Statistic = 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'p50' | 'p95';

/** One series that has no dimension but the environment. */
export const series = (
  id: SeriesId,
  stat: Statistic,
  label: string,
  more: Readonly<Record<string, string>> = {},
): Line => [namespace, seriesKinds[id].name, 'Environment', environment, { stat, label, ...more }];

/** One of the severities, hosts … by name. */
export const seriesOf = (id: SeriesId, stat: Statistic, value: string, color: string): Line => {
  const { name, dimensions }: SeriesKind = seriesKinds[id];
  return [namespace, name, 'Environment', environment, dimensions[1] ?? '', value, { stat, label: value, color }];
};

/**
 * Every series of a kind that there was in the last two weeks, a line for each value of its second dimension: so what comes
 * and goes is found without being named.
 */
export const each = (id: SeriesId, stat: Statistic): Line => searched(id, stat, '', '');

/** The same of the probe inside the VPC: nothing, where there is none. */
export const eachInVpc = (id: SeriesId, stat: Statistic): Line => searched(id, stat, '-vpc', ' from inside the VPC');

const searched = (id: SeriesId, stat: Statistic, environmentSuffix: string, labelSuffix: string): Line => {
  const { name, dimensions }: SeriesKind = seriesKinds[id];
  const search = `{${namespace},${dimensions.join(',')}} MetricName="${name}" Environment="${environment}${environmentSuffix}"`;
  return [
    {
      expression: `SEARCH('${search}', '${stat}', ${cycleSeconds})`,
      id: `${id}${environmentSuffix === '' ? '' : 'InVpc'}`,
      // `${!…}` is CloudFormation's way to write `${…}`, which CloudWatch fills in.
      label: `\${!PROP('Dim.${dimensions[1]}')}${labelSuffix}`,
    },
  ];
};

/** What AWS itself measures. */
export const awsSeries = (
  awsNamespace: string,
  name: string,
  dimension: string,
  value: string,
  stat: Statistic,
  label: string,
): Line => [awsNamespace, name, dimension, value, { stat, label }];

interface GraphOptions {
  readonly stacked?: true;
  readonly axis?: { readonly label?: string; readonly min?: number; readonly max?: number };
  /** A line across, at a value that is a parameter of the template. */
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

/** A table of the function's log. */
export const log = (title: string, width: number, query: string): Widget => ({
  type: 'log',
  width,
  properties: { title, region, view: 'table', query: `SOURCE '${filledIn('ProbeLogs')}' | ${query}` },
});

/** The states of alarms, by their names in the template. */
export const alarms = (title: string, width: number, names: readonly string[]): Widget => ({
  type: 'alarm',
  width,
  properties: { title, alarms: names.map((name) => filledIn(`${name}.Arn`)) },
});

/** What a function of ours draws, again whenever the dashboard is refreshed, resized, or shows another time. */
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
