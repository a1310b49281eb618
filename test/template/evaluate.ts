import { listOf, objectOf, textOf } from '../../scripts/template/intrinsics.ts';
import { ofType, type Resource } from '../../scripts/template/stack.ts';
import type { MetricDatum } from '../../src/metrics/catalogue.ts';
import { type AlarmState, extraPeriods, nextState, type Point, type TreatMissingData } from './missing-data.ts';
import { isOf, ourNamespace, type Watched, watchedBy } from './watching.ts';

/** What a cycle published; null: it did not end. */
export type Cycle = readonly MetricDatum[] | null;

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

/** A metric's value per cycle, or the value of an alarm's expression; null: none. */
type Series = readonly (number | null)[];

const valuesIn = (cycle: Cycle, watched: Watched): readonly number[] =>
  (cycle ?? [])
    .filter((datum) => isOf(datum, watched))
    .flatMap(({ values, counts }) => values.flatMap((value, index) => Array<number>(counts[index] ?? 0).fill(value)));

const statisticOf = (name: string): ((values: readonly number[]) => number) => {
  const statistic = statistics[name];
  if (statistic === undefined) throw new Error(`${name} is a statistic that these tests do not know`);
  return statistic;
};

const seriesOf = (cycles: readonly Cycle[], watched: Watched, statistic: string): Series =>
  cycles.map((cycle) => {
    const values = valuesIn(cycle, watched);
    return values.length === 0 ? null : statisticOf(statistic)(values);
  });

/**
 * `FILL(a, 0)`, `a * b` and a product of them. A product has a value only where both factors have one
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html).
 */
const computed = (expression: string, named: ReadonlyMap<string, Series>): Series =>
  expression
    .split(' * ')
    .map((factor) => {
      const [, filled = '', fill] = /^FILL\((\w+), (\d+)\)$/.exec(factor) ?? [];
      const series = named.get(fill === undefined ? factor : filled);
      if (series === undefined) throw new Error(`${expression} is an expression that these tests do not know`);
      return series.map((value) => value ?? (fill === undefined ? null : Number(fill)));
    })
    .reduce((product, factor) =>
      product.map((value, index) => {
        const other = factor[index] ?? null;
        return value === null || other === null ? null : value * other;
      }),
    );

const valuesOf = (cycles: readonly Cycle[], alarm: Resource): Series => {
  const { properties } = alarm;
  const watched = watchedBy(alarm);
  const seriesAt = (index: number, statistic: string): Series => {
    const one = watched[index];
    return one === undefined ? [] : seriesOf(cycles, one, statistic);
  };
  if (properties['Metrics'] === undefined) return seriesAt(0, textOf(properties['Statistic']));
  const queries = listOf(properties['Metrics']).map(objectOf);
  const metrics = queries.filter(({ MetricStat }) => MetricStat !== undefined);
  const named = new Map(
    metrics.map(({ Id, MetricStat }, index) => [textOf(Id), seriesAt(index, textOf(objectOf(MetricStat)['Stat']))]),
  );
  const returned = queries.find(({ Expression }) => Expression !== undefined);
  return computed(textOf(returned?.['Expression']), named);
};

/** The state after each cycle, of an alarm that begins with OK. Each period is a cycle long. */
export const statesAfter = (
  cycles: readonly Cycle[],
  alarm: Resource,
  extra: number = extraPeriods,
): readonly AlarmState[] => {
  const { properties } = alarm;
  const breaches = comparisons[textOf(properties['ComparisonOperator'])];
  if (breaches === undefined) throw new Error(`${alarm.name} compares in an unknown way`);
  const evaluationPeriods = Number(properties['EvaluationPeriods']);
  const range = evaluationPeriods + extra;
  // Before the first cycle, nothing was published.
  const values = valuesOf([...Array<Cycle>(range).fill(null), ...cycles], alarm);
  const points = values.map((value): Point => {
    if (value === null) return 'missing';
    return breaches(value, Number(properties['Threshold'])) ? 'bad' : 'good';
  });
  let before: AlarmState = 'OK';
  return cycles.map((_, index) => {
    before = nextState({
      points: points.slice(index + 1, index + 1 + range),
      evaluationPeriods,
      datapointsToAlarm: Number(properties['DatapointsToAlarm'] ?? evaluationPeriods),
      treatMissingData: textOf(properties['TreatMissingData']) as TreatMissingData,
      before,
    });
    return before;
  });
};

/** Alarms whose every metric is ours, with a statistic that a cycle's values give: no percentile over several cycles. */
export const ofCycles = (stack: readonly Resource[]): readonly Resource[] =>
  ofType(stack, 'AWS::CloudWatch::Alarm').filter(
    (alarm) =>
      alarm.name !== 'RegistrationSlow' && watchedBy(alarm).every(({ namespace }) => namespace === ourNamespace),
  );

/** Alarms of our own metrics and the composites of these; those in ALARM, by their names. */
export const inAlarm = (cycles: readonly Cycle[], stack: readonly Resource[]): ReadonlySet<string> => {
  const ringing = new Set(
    ofCycles(stack)
      .filter((alarm) => statesAfter(cycles, alarm).at(-1) === 'ALARM')
      .map(({ name }) => name),
  );
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
