import { awsLimits } from './limits.ts';

/** The function's role, from the environment variables that Lambda sets, and from nowhere else. */
const credentialsFromEnvironment = async (): Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}> => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set: in Lambda the function’s role sets them');
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
};

/** Settings of every AWS client in the function. Region and endpoint come from the environment, as usual in AWS. */
export const lambdaAwsConfig = {
  credentials: credentialsFromEnvironment,
  maxAttempts: awsLimits.attempts,
  // Overrides AWS_RETRY_MODE: the bundles do not contain the rate limiter of `adaptive`, and a cycle makes only a few
  // calls.
  retryMode: 'standard',
  requestHandler: {
    connectionTimeout: awsLimits.connectMs,
    requestTimeout: awsLimits.requestMs,
    // requestTimeout ends with the response's head. This one ends a body that stalls; the call is then retried.
    socketTimeout: awsLimits.requestMs,
    throwOnRequestTimeout: true,
  },
} as const;
