import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { withSenders } from '../../src/diagnose/senders.ts';
import type { Answerer } from '../../src/model/answerers.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { Seen as Cycle } from '../../src/model/requests.ts';
import type { ToldCause } from '../../src/model/told-causes.ts';
import { cycle, html, type Look } from './looks.ts';
import { type Seen, targets } from './observations.ts';

const proxied = targets.filter(
  (one) => one.kind === 'http' && one.enabled && one.hops.includes('proxy-route') && one.hops.includes('mlflow'),
);

/** Every request with a valid key through the proxy gets this; the flow ends at its first step. */
const proxiedGet = (seen: Seen, look: Look, healthSays: Seen = 'pass', server = 'uvicorn'): Cycle => {
  const failing = Object.fromEntries(proxied.map(({ id }) => [id, seen]));
  const whole = cycle(
    server,
    { ...failing, 'registry.health': healthSays, 'registration.credentials': seen },
    () => look,
  );
  const steps = whole.registration?.steps.map((one) =>
    one.id === 'credentials' ? one : { ...one, status: 'skipped' as const, answeredBy: null, httpStatus: null },
  );
  return { ...whole, registration: whole.registration && { ...whole.registration, steps: steps ?? [] } };
};

const leadingTo = (cause: ToldCause | null, seen: Cycle): Cycle => ({
  ...seen,
  outcomes: seen.outcomes.map((one): Outcome => (one.failureMode === 'redirect-unexpected' ? { ...one, cause } : one)),
});

const namedIn = (seen: Cycle): readonly string[] => diagnose(seen, targets).faults.flat().toSorted();

/** The refusals of requests without a valid key look like this, too. */
const refusedAlike = (seen: Cycle, look: Look): Cycle => ({
  ...seen,
  outcomes: seen.outcomes.map((one): Outcome => {
    if (!/-no-key$|-made-up-key$/.test(one.target)) return one;
    const alike = { ...one, answeredBy: 'unknown' as const, fingerprint: look.fingerprint, httpStatus: look.status };
    return { ...alike, attempts: [alike] };
  }),
});

/** The hop at which the first failure is shown, which the response alone puts at the balancer’s rule. */
const stoppedAt = (seen: Cycle): string | null | undefined =>
  withSenders(
    { ...seen, outcomes: seen.outcomes.map((one) => ({ ...one, phase: 'assertion', hop: 'rule' })) },
    targets,
  ).outcomes.find(({ status }) => status === 'fail')?.hop;

type Gate = readonly [string, FailureMode, Answerer, Look];
const text = (status: number): Look => ({ status, headers: { 'content-type': 'text/plain' }, fingerprint: 'text' });
const gates: readonly Gate[] = [
  ['Basic auth of lighttpd', 'auth-rejected', 'unknown', html(401, 'lighttpd')],
  ['Basic auth of nginx', 'auth-rejected', 'nginx', html(401, 'nginx')],
  [
    'Basic auth that the API passes on with its own server’s name',
    'auth-rejected',
    'application',
    html(401, 'uvicorn'),
  ],
  ['Basic auth in plain text', 'auth-rejected', 'unknown', text(401)],
  ['a redirect to a login', 'redirect-unexpected', 'unknown', html(302, 'nginx')],
  ['a login page with 200', 'unexpected-answerer', 'login-page', html(200)],
  ['a page with 403', 'forbidden', 'unknown', html(403, 'Caddy')],
];

describe('a login before MLflow refuses every key that the API has accepted', () => {
  it.each(gates)('%s', (_, mode, by, look) => {
    const seen = leadingTo('leads-to-login', proxiedGet([mode, by], look));
    expect(namedIn(seen)).toContain('mlflow-auth-rejecting-all');
    expect(
      namedIn(seen).filter((id) => !['mlflow-auth-rejecting-all', 'proxy-drops-auth-headers'].includes(id)),
    ).toEqual([]);
  });

  it('a redirect that leads to no login asks for no password', () => {
    const seen = leadingTo(null, proxiedGet(['redirect-unexpected', 'unknown'], html(307)));
    expect(namedIn(seen)).not.toContain('mlflow-auth-rejecting-all');
  });

  it('the request is shown as stopped behind the proxy, not at the balancer’s rule', () => {
    expect(stoppedAt(proxiedGet(['unexpected-answerer', 'login-page'], html(200)))).toBe('service-discovery');
  });
});

describe('a login before the API is none before MLflow', () => {
  it.each(gates)('%s', (_, mode, by, look) => {
    const seen = refusedAlike(proxiedGet([mode, by], look), look);
    expect(namedIn(seen)).not.toContain('mlflow-auth-rejecting-all');
  });
});

it('a page that some valid keys get past does not show where it stands', () => {
  const seen = proxiedGet(['unexpected-answerer', 'login-page'], html(200));
  const pass = { status: 'pass', failureMode: null } as const;
  const some = seen.outcomes.map((one) => (one.target === proxied[0]?.id ? { ...one, ...pass } : one));
  expect(stoppedAt({ ...seen, outcomes: some })).not.toBe('service-discovery');
});
