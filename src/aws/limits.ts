/** Every limit of AWS calls. Milliseconds unless the name says otherwise. */
export const awsLimits = {
  /** Age at which a secret or parameter is fetched again. The platform itself accepts a revoked key for as long. */
  secretMaxAgeMs: 300_000,
  /** Age up to which the last value is used while its store does not respond. */
  secretStaleMs: 3_600_000,
  /** One secret or parameter, including all attempts. */
  secretMs: 5_000,
  /** One AWS call: connecting, and waiting for the response. Both ends are in the same region. */
  connectMs: 1_000,
  requestMs: 2_500,
  /** For retrying a connection that was dropped while Lambda was frozen. */
  attempts: 2,
  /** DynamoDB's throttling passes in a moment. */
  stateAttempts: 3,
  /** One read or write of the state, including all attempts. */
  stateMs: 8_000,
  /** Smaller requests are not worth compressing. The SDK's default would leave a whole cycle uncompressed. */
  compressFromBytes: 1_024,
} as const;
