import type { Published } from '../metrics/publish.ts';
import type { Monitoring } from '../monitor/monitor.ts';
import { publish } from '../monitor/publish.ts';
import { say } from './print.ts';

const limitMs = 15_000;

/** Sends a cycle's metrics to CloudWatch with the SDK's usual credentials, and prints the reason if that fails. */
export const publishing =
  ({ settings, only }: Pick<Monitoring, 'settings' | 'only'>): NonNullable<Monitoring['publish']> =>
  async (report, tracking) => {
    const { CloudWatchClient } = await import('@aws-sdk/client-cloudwatch');
    const client = new CloudWatchClient({});
    try {
      const published = await publish(report, tracking, settings, {
        ...{ client, limitMs, onFallback: refuse },
        isPart: only !== null,
      });
      if (published.to !== 'cloudwatch')
        say(
          `the metrics were not published: ${published.reason.message}; region, credentials and endpoint come from the environment (AWS_REGION, AWS_PROFILE …)`,
        );
      return published;
    } finally {
      client.destroy();
    }
  };

/** CloudWatch reads no log of the command line, so there is no fallback. */
const refuse = (_data: unknown, reason: Error): never => {
  throw reason;
};

/** True also if there was nothing to publish. */
export const isPublished = (published: Published | null): boolean =>
  published === null || published.to === 'cloudwatch';
