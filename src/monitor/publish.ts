import type { Settings } from '../config/settings.ts';
import { metricsFromReport } from '../metrics/from-report.ts';
import { type Published, type PublishOptions, publishMetrics } from '../metrics/publish.ts';
import type { Report } from '../model/report.ts';
import type { Tracking } from '../model/tracking.ts';

/** Destination of a cycle's metrics. */
export interface MetricsSink extends Pick<PublishOptions, 'client' | 'onFallback'> {
  readonly limitMs: number;
}

export const publish = (
  report: Report,
  tracking: Tracking | null,
  { metrics }: Settings,
  { limitMs, ...sink }: MetricsSink,
): Promise<Published> =>
  publishMetrics(metricsFromReport(report, metrics.detail, tracking), {
    ...sink,
    namespace: metrics.namespace,
    signal: AbortSignal.timeout(limitMs),
  });
