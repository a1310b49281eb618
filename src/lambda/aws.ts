import { credentialsFromEnvironment } from './credentials.ts';
import { lambdaLimits } from './limits.ts';

/** What each AWS client in the function is made with. Region and endpoint come from the environment, as everywhere in AWS. */
export const lambdaAwsConfig = {
  credentials: credentialsFromEnvironment,
  maxAttempts: lambdaLimits.awsAttempts,
  requestHandler: {
    connectionTimeout: lambdaLimits.awsConnectMs,
    requestTimeout: lambdaLimits.awsRequestMs,
    throwOnRequestTimeout: true,
  },
} as const;
