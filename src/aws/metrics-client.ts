import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { awsLimits } from './limits.ts';

/** Compresses its requests, and keeps its connection open for the next cycle. */
export const createMetricsClient = (config: CloudWatchClientConfig): CloudWatchClient =>
  new CloudWatchClient({ ...config, requestMinCompressionSizeBytes: awsLimits.compressFromBytes });
