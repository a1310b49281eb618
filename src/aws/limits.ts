/** Every limit of the calls to AWS. Milliseconds unless the name says otherwise. */
export const awsLimits = {
  /** A secret or a parameter is asked for anew after so long. The platform itself keeps a revoked key as long. */
  secretMaxAgeMs: 300_000,
  /** While its store does not answer, the last one is used for so long. */
  secretStaleMs: 3_600_000,
  /** One secret or parameter, all attempts together. */
  secretMs: 5_000,
  /** One call to AWS: connecting, and waiting for the answer. Both are in the same region. */
  connectMs: 1_000,
  requestMs: 2_500,
  /** A dropped connection after Lambda's freeze is tried again. */
  attempts: 2,
  /** DynamoDB's throttling passes in a moment. */
  stateAttempts: 3,
  /** One reading or writing of the state, all attempts together. */
  stateMs: 8_000,
  /** Smaller requests are not worth the compression. The SDK's own default would leave a whole cycle uncompressed. */
  compressFromBytes: 1_024,
} as const;
