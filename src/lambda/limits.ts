/** Every limit of the Lambda around the cycle. Milliseconds unless the name says otherwise. */
export const lambdaLimits = {
  /** Kept back from the function's time-out, so that what is known by then is logged and published. */
  publishReserveMs: 10_000,
  /** Of that, for publishing the metrics, when storing and telling took all that they may. */
  metricsReserveMs: 5_000,
  /** And for the fall-back to the log and for the answer to Lambda. */
  fallbackReserveMs: 2_000,
  /** Before the time-out, when nothing else has ended it: the invocation fails with a reason instead of being killed. */
  lastWordMs: 500,
  /** A secret or a parameter is asked for anew after so long. The platform itself keeps a revoked key as long. */
  secretMaxAgeSeconds: 300,
  /** One call to AWS: connecting, and waiting for the answer. Both are in the same region. */
  awsConnectMs: 1_000,
  awsRequestMs: 2_500,
  /** A dropped connection after Lambda's freeze is tried again. */
  awsAttempts: 2,
  /** DynamoDB's throttling passes in a moment. */
  stateAttempts: 3,
  /** Smaller requests are not worth the compression. The SDK's own default would leave a whole cycle uncompressed. */
  compressFromBytes: 1_024,
} as const;
