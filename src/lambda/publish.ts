import type { Logger } from '@aws-lambda-powertools/logger';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { MetricDatum } from '../metrics/catalogue.ts';
import { type Published, publishMetrics } from '../metrics/publish.ts';

export interface Publishing {
  readonly client: Pick<CloudWatchClient, 'send'>;
  readonly namespace: string;
  readonly limitMs: number;
  readonly logger: Logger;
}

/**
 * To CloudWatch; what it does not take in time goes to the log, which it reads. Metrics that it took without saying so in time
 * count twice. Never throws for CloudWatch's sake.
 */
export const publish = (
  data: readonly MetricDatum[],
  { client, namespace, limitMs, logger }: Publishing,
): Promise<Published> =>
  publishMetrics(data, {
    client,
    namespace,
    signal: AbortSignal.timeout(limitMs),
    onFallback: async (refused, reason) => {
      logger.error('CloudWatch did not take the metrics: they follow in this log as EMF', reason);
      const { emfLines } = await import('../metrics/emf.ts');
      for (const line of emfLines(namespace, refused)) process.stdout.write(`${line}\n`);
    },
  });
