import type { Settings } from '../config/settings.ts';
import { metricsFromReport } from '../metrics/from-report.ts';
import { type Published, type PublishOptions, publishMetrics } from '../metrics/publish.ts';
import type { Report } from '../model/report.ts';
import type { Tracking } from '../model/tracking.ts';

/** Destination of a cycle's metrics. */
export interface MetricsSink extends Pick<PublishOptions, 'client' | 'onFallback'> {
  readonly limitMs: number;
  /** The cycle asked only some targets: their share of a host's requests is not the host's, so no host has a value. */
  readonly isPart: boolean;
}

export const publish = (
  report: Report,
  tracking: Tracking | null,
  { metrics }: Settings,
  { limitMs, isPart, ...sink }: MetricsSink,
): Promise<Published> => {
  const data = metricsFromReport(report, metrics.detail, tracking);
  return publishMetrics(isPart ? data.filter(({ dimensions }) => dimensions.Host === undefined) : data, {
    ...sink,
    namespace: metrics.namespace,
    signal: AbortSignal.timeout(limitMs),
  });
};
