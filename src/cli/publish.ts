import type { Settings } from '../config/settings.ts';
import { metricsFromReport } from '../metrics/from-report.ts';
import { publishMetrics } from '../metrics/publish.ts';
import type { Report } from '../platform/report.ts';
import type { Tracking } from '../platform/tracking.ts';
import { say } from './print.ts';

const timeoutMs = 15_000;

/** Sends the cycle's metrics to CloudWatch with the SDK's usual credentials; says why when that fails, and gives false. */
export const publish = async (
  report: Report,
  { metrics }: Settings,
  tracking: Tracking | null = null,
): Promise<boolean> => {
  const { CloudWatchClient } = await import('@aws-sdk/client-cloudwatch');
  const client = new CloudWatchClient({});
  try {
    const published = await publishMetrics(metricsFromReport(report, metrics.detail, tracking), {
      client,
      namespace: metrics.namespace,
      signal: AbortSignal.timeout(timeoutMs),
      onFallback: (_data, reason) => {
        throw reason;
      },
    });
    if (published.to === 'cloudwatch') return true;
    say(
      `the metrics were not published: ${published.reason.message}; region, credentials and endpoint come from the environment (AWS_REGION, AWS_PROFILE …)`,
    );
    return false;
  } finally {
    client.destroy();
  }
};
