import type { CostLine } from '../../src/metrics/cost.ts';
import { listOf } from '../template/intrinsics.ts';
import { ofType, type Resource } from '../template/stack.ts';

/** US dollars a month, us-east-1, free tiers left out, by AWS's pricing pages of the services. */
const usd = {
  /** CloudWatch, standard resolution: for each metric that an alarm looks at. */
  alarmMetric: 0.1,
  compositeAlarm: 0.5,
  /** CloudWatch, with fifty metrics or more. The first three of an account are free of charge. */
  dashboard: 3,
  /** KMS; each of the first two rotations adds as much. */
  key: 1,
} as const;

const metricsOf = ({ properties }: Resource): number =>
  Math.max(1, listOf(properties['Metrics']).filter((metric) => JSON.stringify(metric).includes('MetricStat')).length);

/** What the stack costs besides the probe itself, which src/metrics/cost.ts has. */
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
