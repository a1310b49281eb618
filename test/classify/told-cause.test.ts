import { describe, expect, it } from 'vitest';
import { modeOfText, textRules } from '../../src/classify/texts.ts';
import { causeOfDependencies, causeRules, toldCauseOf } from '../../src/classify/told-cause.ts';
import { namedCauses, saidCauses } from './said-causes.ts';

/** Real messages, and on which statuses each decides. */
const saidOnItsOwn = [
  { text: 'Authentication service not available', statuses: [401, 429, 500, 502, 503, 504], mode: 'auth-unavailable' },
  { text: 'API key required', statuses: [401, 403], mode: 'auth-missing' },
  {
    text: '(psycopg2.errors.ReadOnlySqlTransaction) cannot execute INSERT in a read-only transaction',
    statuses: [400, 500, 503],
    mode: 'read-only',
  },
  {
    text: 'Invalid Host header - possible DNS rebinding attack detected',
    statuses: [400, 403],
    mode: 'unexpected-status',
  },
  {
    text: 'Failed to list artifacts in s3://mlflow-artifacts/1: Access Denied',
    statuses: [403, 500, 503],
    mode: 'artifact-store-error',
  },
  { text: '{"message":"API rate limit exceeded"}', statuses: [401, 403, 503], mode: 'rate-limited' },
  {
    text: '(psycopg2.OperationalError) connection to server at "db" failed: Connection refused',
    statuses: [400, 500, 503],
    mode: 'database-error',
  },
] as const;

describe('the table of messages that decide a failure mode', () => {
  it.each(saidOnItsOwn)('$text', ({ text, statuses, mode }) => {
    for (const status of statuses) expect(modeOfText(status, text)).toBe(mode);
    expect(modeOfText(200, text)).toBeNull();
  });

  it.each(textRules)('has an example for each rule: $mode', ({ mode, statuses, pattern }) => {
    expect(
      saidOnItsOwn.some(
        (said) => said.mode === mode && pattern.test(said.text) && said.statuses.join() === statuses.join(),
      ),
    ).toBe(true);
  });
});

describe('the table of words that reveal the cause of a failure', () => {
  it.each(saidCauses)('$text', ({ text, modes, cause }) => {
    for (const mode of modes) expect(toldCauseOf(mode, () => text)).toBe(cause);
    expect(toldCauseOf('route-not-found', () => text)).toBeNull();
  });

  const eachRule = causeRules.flatMap(({ of, tells }) => tells.map(([cause, pattern]) => ({ of, cause, pattern })));

  it.each(eachRule)('has an example for each rule: $cause of $of', ({ of, cause, pattern }) => {
    expect(
      saidCauses.some((said) => said.cause === cause && pattern.test(said.text) && of.join() === said.modes.join()),
    ).toBe(true);
  });

  it.each(namedCauses)('a health route naming %s', (name, cause) => {
    const named = { name, state: 'degraded' } as const;
    expect(causeOfDependencies([named, { name: 'storage', state: 'healthy' }])).toBe(cause);
    expect(causeOfDependencies([named, { name: 'storage', state: 'unhealthy' }])).toBeNull();
  });

  // A server's default page for 503, and S3's refusal of an upload.
  it.each([
    [
      'lb-no-target',
      'The server is temporarily unable to service your request due to maintenance downtime or capacity problems. Please try again later.',
    ],
    [
      'forbidden',
      'User: arn:aws:sts::1:assumed-role/mlflow is not authorized to perform: s3:PutObject with an explicit deny in a resource-based policy',
    ],
  ] as const)('reads no more than it says: %s %s', (mode, text) => {
    expect(toldCauseOf(mode, () => text)).toBeNull();
  });

  it('ignores the end of a session in other failures', () => {
    expect(toldCauseOf('server-error', () => 'server closed the connection unexpectedly')).toBeNull();
  });
});
