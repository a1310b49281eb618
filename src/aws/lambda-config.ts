import { awsLimits } from './limits.ts';

/** The function's role, as Lambda hands it over: the environment, and nowhere else. */
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

/** What each AWS client in the function is made with. Region and endpoint come from the environment, as everywhere in AWS. */
export const lambdaAwsConfig = {
  credentials: credentialsFromEnvironment,
  maxAttempts: awsLimits.attempts,
  // Whatever AWS_RETRY_MODE says: the limits of `adaptive` are not in the bundles, and a cycle makes a handful of calls.
  retryMode: 'standard',
  requestHandler: {
    connectionTimeout: awsLimits.connectMs,
    requestTimeout: awsLimits.requestMs,
    // The one above ends with the head of the answer; a body that stands still is ended by this, and tried again.
    socketTimeout: awsLimits.requestMs,
    throwOnRequestTimeout: true,
  },
} as const;
