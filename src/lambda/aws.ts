import { credentialsFromEnvironment } from './credentials.ts';
import { lambdaLimits } from './limits.ts';

/** What each AWS client in the function is made with. Region and endpoint come from the environment, as everywhere in AWS. */
export const lambdaAwsConfig = {
  credentials: credentialsFromEnvironment,
  maxAttempts: lambdaLimits.awsAttempts,
  // Whatever AWS_RETRY_MODE says: the limits of `adaptive` are not in the bundles, and a cycle makes a handful of calls.
  retryMode: 'standard',
  requestHandler: {
    connectionTimeout: lambdaLimits.awsConnectMs,
    requestTimeout: lambdaLimits.awsRequestMs,
    // The one above ends with the head of the answer; a body that stands still is ended by this, and tried again.
    socketTimeout: lambdaLimits.awsRequestMs,
    throwOnRequestTimeout: true,
  },
} as const;
