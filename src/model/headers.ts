/** Response headers that a report shows: they identify the answerer and say when to come back. */
export const tellingHeaders = [
  'server',
  'content-type',
  'location',
  'www-authenticate',
  'retry-after',
  'via',
  'x-cache',
  'x-amzn-waf-action',
  'access-control-allow-origin',
] as const;

/**
 * Every header that is read. Others are dropped on arrival: a name can hold a secret too, and there can be thousands.
 */
export const headerNames = [
  ...tellingHeaders,
  'access-control-allow-headers',
  'access-control-allow-methods',
  'apigw-requestid',
  'content-encoding',
  'content-length',
  'x-amz-apigw-id',
  'x-amz-cf-id',
  'x-content-type-options',
  'x-frame-options',
] as const;

export type HeaderName = (typeof headerNames)[number];
export type Headers<Text = string> = Readonly<Partial<Record<HeaderName, Text>>>;
