import type { PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import type { MetricDatum } from './catalogue.ts';
import { cloudWatchLimits } from './limits.ts';

type SdkDatum = NonNullable<PutMetricDataCommandInput['MetricData']>[number];

const sdkDatum = ({ name, unit, dimensions, timestamp, values, counts }: MetricDatum): SdkDatum => ({
  MetricName: name,
  Unit: unit,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  Timestamp: new Date(timestamp),
  Values: [...values],
  Counts: [...counts],
});

/** Bytes of the request around its data: namespace and member names. */
const frameBytes = 1_024;

/** As few requests as CloudWatch's limits allow: one for the default platform. */
export const metricRequests = (
  namespace: string,
  data: readonly MetricDatum[],
): readonly { readonly input: PutMetricDataCommandInput; readonly data: readonly MetricDatum[] }[] => {
  const parts: MetricDatum[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const datum of data) {
    // The text is ASCII, so characters are bytes.
    const size = JSON.stringify(sdkDatum(datum)).length + 1;
    const part = parts.at(-1);
    if (
      part === undefined ||
      part.length === cloudWatchLimits.metricsPerRequest ||
      bytes + size > cloudWatchLimits.requestBytes
    ) {
      parts.push([datum]);
      bytes = frameBytes + size;
    } else {
      part.push(datum);
      bytes += size;
    }
  }
  return parts.map((part) => ({ input: { Namespace: namespace, MetricData: part.map(sdkDatum) }, data: part }));
};
