/** Why a call has no usable answer. Nothing is concluded from any of them. */
export type TroubleKind =
  | 'no-credentials'
  | 'denied'
  | 'expired'
  | 'bad-credentials'
  | 'throttled'
  | 'not-found'
  | 'refused'
  | 'out-of-reach'
  | 'too-slow'
  | 'too-large'
  | 'cut-off'
  | 'not-aws'
  | 'incomplete'
  | 'no-calls-left'
  | 'unexpected'
  | 'not-named';

/** The error codes of AWS. Services name the same thing differently. */
const codes: readonly (readonly [TroubleKind, RegExp])[] = [
  ['expired', /Expired|TokenRefreshRequired/],
  ['denied', /^AccessDenied|^Unauthorized(?:Operation|Access)|^NotAuthorized/],
  [
    'bad-credentials',
    /Signature|InvalidClientTokenId|UnrecognizedClient|AuthFailure|MissingAuthentication|OptInRequired/,
  ],
  ['throttled', /Throttl|TooManyRequests|RequestLimitExceeded|PriorRequestNotComplete|SlowDown|BandwidthLimit/],
  ['not-found', /NotFound|NoSuch|DoesNotExist/],
];

/** What an error code of AWS means, or else its status. */
export const troubleOf = (code: string, status: number): TroubleKind => {
  const known = codes.find(([, pattern]) => pattern.test(code));
  if (known !== undefined) return known[0];
  if (status === 429) return 'throttled';
  return status === 401 || status === 403 ? 'denied' : 'refused';
};

export interface Trouble {
  readonly kind: TroubleKind;
  /** The error code of AWS, if it answered with one. */
  readonly code?: string;
  /** What AWS or the network said; text from outside. */
  readonly detail: string;
}

/** Why nothing is known, in words. The call is named beside it. */
export const troubleWords: Readonly<Record<TroubleKind, string>> = {
  'no-credentials': 'no AWS credentials were found',
  denied: 'no permission',
  expired: 'the AWS credentials have expired',
  'bad-credentials': 'AWS did not accept the credentials',
  throttled: 'AWS throttled the call',
  'not-found': 'AWS has no such resource in this account and region',
  refused: 'AWS refused the call',
  'out-of-reach': 'AWS could not be reached',
  'too-slow': 'AWS did not answer in time',
  'too-large': 'the answer is too large',
  'cut-off': 'the answer ended too early',
  'not-aws': 'the answer is not from AWS',
  incomplete: 'the answer has more entries than were read',
  'no-calls-left': 'the limit of calls was reached',
  unexpected: 'the answer has an unexpected form',
  'not-named': 'the name is not known',
};
