import { listOf, textOf } from '../../scripts/template/intrinsics.ts';
import { ofType, type Resource } from '../../scripts/template/stack.ts';
import type { MetricDatum } from '../../src/metrics/catalogue.ts';
import { isOf, watchedBy } from './watching.ts';

/** What a cycle published; null: it did not end. */
export type Cycle = readonly MetricDatum[] | null;

type State = 'OK' | 'ALARM';

const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
};

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

const valuesIn = (cycle: Cycle, alarm: Resource): readonly number[] => {
  const [watched] = watchedBy(alarm);
  return (cycle ?? [])
    .filter((datum) => watched !== undefined && isOf(datum, watched))
    .flatMap(({ values, counts }) => values.flatMap((value, index) => Array<number>(counts[index] ?? 0).fill(value)));
};

/** One period after the other, each a cycle long: M of N, and what is said about missing data. It begins with OK. */
const stateAfter = (cycles: readonly Cycle[], alarm: Resource): State => {
  const { properties } = alarm;
  const statistic = statistics[textOf(properties['Statistic'])];
  const breaches = comparisons[textOf(properties['ComparisonOperator'])];
  if (statistic === undefined || breaches === undefined) throw new Error(`${alarm.name} compares in an unknown way`);
  const periods = Number(properties['EvaluationPeriods']);
  const needed = Number(properties['DatapointsToAlarm'] ?? periods);
  const missing = textOf(properties['TreatMissingData']);

  let state: State = 'OK';
  for (let end = 1; end <= cycles.length; end += 1) {
    const points = cycles.slice(Math.max(0, end - periods), end).map((cycle) => {
      const values = valuesIn(cycle, alarm);
      if (values.length > 0) return breaches(statistic(values), Number(properties['Threshold'])) ? 'bad' : 'good';
      return missing === 'breaching' ? 'bad' : missing === 'notBreaching' ? 'good' : 'unknown';
    });
    if (points.filter((point) => point === 'bad').length >= needed) state = 'ALARM';
    else if (points.some((point) => point === 'good') || missing !== 'ignore') state = 'OK';
  }
  return state;
};

/**
 * Alarms of our own metrics that look at one of them, and the composites of these; those in ALARM, by their names. Each cycle is taken
 * for a period, also of those that look at an hour.
 */
export const inAlarm = (cycles: readonly Cycle[], stack: readonly Resource[]): ReadonlySet<string> => {
  const byCycle = ofType(stack, 'AWS::CloudWatch::Alarm').filter(
    ({ properties }) => properties['Namespace'] === 'Hokusai/Synthetics',
  );
  const ringing = new Set(byCycle.filter((alarm) => stateAfter(cycles, alarm) === 'ALARM').map(({ name }) => name));
  for (const { name, properties } of ofType(stack, 'AWS::CloudWatch::CompositeAlarm')) {
    const holds = textOf(properties['AlarmRule'])
      .split(' OR ')
      .some((part) => childrenOf(part).every((child) => ringing.has(child)));
    if (holds) ringing.add(name);
  }
  return ringing;
};

/** Names in a rule, or a part of one. */
export const childrenOf = (rule: string): readonly string[] =>
  [...rule.matchAll(/ALARM\("<(\w+)>"\)/g)].map(([, name = '']) => name);

/** Topics that are told, by the alarms that tell them; a composite whose suppressor is in alarm tells nobody. */
export const told = (ringing: ReadonlySet<string>, stack: readonly Resource[]): readonly string[] =>
  stack
    .filter(({ name }) => ringing.has(name))
    .flatMap(({ name, properties }) => {
      const suppressor = textOf(properties['ActionsSuppressor'] ?? '').replace(/^<(\w+)\.Arn>$/, '$1');
      if (ringing.has(suppressor) || properties['ActionsEnabled'] === false) return [];
      return listOf(properties['AlarmActions']).map((topic) => `${name} ${textOf(topic)}`);
    });
