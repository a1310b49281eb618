import type { CostLine } from '../../src/metrics/cost.ts';
import { listOf } from '../template/intrinsics.ts';
import { ofType, type Resource } from '../template/stack.ts';

/** US dollars a month, us-east-1, without free tiers, from AWS's pricing pages. */
const usd = {
  /** CloudWatch, standard resolution: per metric that an alarm watches. */
  alarmMetric: 0.1,
  compositeAlarm: 0.5,
  /** CloudWatch, with fifty metrics or more. An account's first three are free. */
  dashboard: 3,
  /** KMS. Each of the first two rotations adds as much. */
  key: 1,
} as const;

const metricsOf = ({ properties }: Resource): number =>
  Math.max(1, listOf(properties['Metrics']).filter((metric) => JSON.stringify(metric).includes('MetricStat')).length);

/** The stack's cost apart from the probe, which src/metrics/cost.ts covers. */
export const aroundTheProbe = (stack: readonly Resource[]): readonly CostLine[] => {
  const alarmMetrics = ofType(stack, 'AWS::CloudWatch::Alarm').reduce((sum, alarm) => sum + metricsOf(alarm), 0);
  const line = (item: string, quantity: number, price: number): CostLine => ({ item, quantity, usd: quantity * price });
  return [
    line('metrics that alarms look at', alarmMetrics, usd.alarmMetric),
    line('composite alarms', ofType(stack, 'AWS::CloudWatch::CompositeAlarm').length, usd.compositeAlarm),
    line('dashboard', ofType(stack, 'AWS::CloudWatch::Dashboard').length, usd.dashboard),
    line('KMS key', ofType(stack, 'AWS::KMS::Key').length, usd.key),
  ];
};
