import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { lambdaLimits } from './limits.ts';

/** Compresses what it sends. Keeps its connection open for the next cycle. */
export const createMetricsClient = (config: CloudWatchClientConfig): CloudWatchClient =>
  new CloudWatchClient({ ...config, requestMinCompressionSizeBytes: lambdaLimits.compressFromBytes });
