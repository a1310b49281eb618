import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { within } from '../model/within.ts';
import type { MetricDatum } from './catalogue.ts';
import { metricRequests } from './requests.ts';

export interface PublishOptions {
  readonly client: Pick<CloudWatchClient, 'send'>;
  readonly namespace: string;
  /** Aborts an attempt that hangs. */
  readonly signal: AbortSignal;
  /** Takes the data that CloudWatch did not accept, writes it elsewhere and reports that. If it throws, the data is lost. */
  readonly onFallback: (data: readonly MetricDatum[], reason: Error) => void | Promise<void>;
}

/** Where a cycle's metrics went. `lost` is a failure of the monitor itself. So is `log`, but no data is missing. */
export type Published =
  | { readonly to: 'cloudwatch'; readonly requests: number }
  | { readonly to: 'log'; readonly requests: number; readonly reason: Error }
  | { readonly to: 'lost'; readonly requests: number; readonly reason: Error };

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** Never throws because of CloudWatch: the result says where the data went, and why. */
export const publishMetrics = async (
  data: readonly MetricDatum[],
  { client, namespace, signal, onFallback }: PublishOptions,
): Promise<Published> => {
  const requests = metricRequests(namespace, data);
  const sent = await Promise.allSettled(
    requests.map(({ input }) =>
      within({ failing: 'CloudWatch did not answer', ms: Number.POSITIVE_INFINITY, signal }, (abortSignal) =>
        client.send(new PutMetricDataCommand(input), { abortSignal }),
      ),
    ),
  );
  const refused = requests.flatMap((request, index) => {
    const result = sent[index];
    return result?.status === 'rejected' ? [{ data: request.data, reason: asError(result.reason) }] : [];
  });
  const [first] = refused;
  if (first === undefined) return { to: 'cloudwatch', requests: requests.length };

  try {
    await onFallback(
      refused.flatMap((one) => one.data),
      first.reason,
    );
    return { to: 'log', requests: requests.length, reason: first.reason };
  } catch (thrown) {
    const reason = new AggregateError(
      [first.reason, thrown],
      `neither CloudWatch nor the log took the metrics: ${first.reason.message}; ${asError(thrown).message}`,
    );
    return { to: 'lost', requests: requests.length, reason };
  }
};
