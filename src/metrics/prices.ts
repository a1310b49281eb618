/** US dollars, us-east-1. From the AWS pricing page of each service unless noted otherwise, without free tiers. */
export const usd = {
  /** CloudWatch, custom metrics, the first 10,000: per month, prorated by the hour, for each combination of dimensions. */
  metricMonth: 0.3,
  /** CloudWatch, API requests: PutMetricData. */
  putMetricData: 0.01 / 1_000,
  /** Lambda, arm64. Initialisation is billed like the rest. */
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.2 / 1_000_000,
  /** EventBridge Scheduler. */
  schedulerInvocation: 1 / 1_000_000,
  /** CloudWatch Logs, standard class: per GB ingested. */
  logsGb: 0.5,
  /** Secrets Manager. */
  secretMonth: 0.4,
  secretCall: 0.05 / 10_000,
  /** DynamoDB, on demand, standard class: per unit. */
  dynamoWrite: 0.625 / 1_000_000,
  dynamoRead: 0.125 / 1_000_000,
  /** X-Ray: per trace recorded. Lambda records the first request of each second, so at one cycle a minute all of them. */
  trace: 5 / 1_000_000,
  /** CloudWatch, standard resolution: a month, per metric that an alarm watches. */
  alarmMetric: 0.1,
  compositeAlarm: 0.5,
  /** CloudWatch, with fifty metrics or more. An account's first three are free. */
  dashboard: 3,
  /** KMS: a key for a month. Each of the first two rotations adds as much. */
  keyMonth: 1,
  keyCall: 0.03 / 10_000,
  /** VPC: an hour of a NAT gateway, and of an interface endpoint in one zone. Traffic is extra. */
  natGatewayHour: 0.045,
  endpointHour: 0.01,
} as const;

/** The length of a month in AWS prices. */
export const hoursPerMonth = 730;
