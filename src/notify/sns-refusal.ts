import { type Redact, said } from './foreign.ts';

/** The error code on the wire. The SDK names its classes `<code>Exception`. */
const codeOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.name.replace(/Exception$/, '') : '');

/** SNS rejects this form of the message and may accept another. */
export const isOfTheMessage = (thrown: unknown): boolean => /^InvalidParameter(Value)?$/.test(codeOf(thrown));

const waysOut: readonly (readonly [code: RegExp, way: string])[] = [
  [/^NotFound$/, 'does the topic exist, in this account and region?'],
  [
    /^(AuthorizationError|AccessDenied)$/,
    'allow sns:Publish on this topic for the role of the monitor (and kms:GenerateDataKey and kms:Decrypt, where the topic is encrypted)',
  ],
  [/^KMS/, 'the topic is encrypted: the key must be enabled, and let the role of the monitor use it'],
  [
    /^(ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|CredentialsProviderError|InvalidSecurity)$/,
    'look at the credentials that the monitor runs with',
  ],
  [/^(Throttled|Throttling|TooManyRequests|InternalError|ServiceUnavailable)$/, 'the next cycle tries again'],
  [/^InvalidParameter/, 'is the ARN that of a topic, in this region?'],
];

/** Why SNS did not accept the message, and what to do, as a sentence. */
export const refusalOf = (thrown: unknown, topic: string, signal: AbortSignal, redact: Redact): Error => {
  const code = codeOf(thrown);
  const timedOut = signal.aborted || /^(Abort|Timeout)Error$/.test(code);
  const reason = timedOut
    ? 'no answer in time'
    : `${code}: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  const way = timedOut
    ? 'the next cycle tries again; when it stays so, is there a way to SNS (NAT gateway or VPC endpoint)?'
    : (waysOut.find(([pattern]) => pattern.test(code))?.[1] ?? 'the next cycle tries again');
  return new Error(`SNS did not take the event for ${topic}: ${said(reason, redact)}; ${way}`);
};
