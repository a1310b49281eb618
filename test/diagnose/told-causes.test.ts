import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Answerer } from '../../src/model/answerers.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { ToldCause } from '../../src/model/told-causes.ts';
import { namedCauses, saidCauses } from '../classify/said-causes.ts';
import { allPass, observations, targets } from './observations.ts';

const reads = ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-search-x-api-key', 'registry.mlflow-api-search'];
const proxied = [...reads, 'registry.mlflow-proxy-health', 'registry.mlflow-proxy-version'];

const keyed = [...proxied, 'registry.mlflow-proxy', 'registry.mlflow-proxy-search-made-up-key'];

const overHttps = targets
  .filter(
    ({ role, kind, enabled, id }) => role === 'registry' && kind === 'http' && enabled && !id.endsWith('-redirect'),
  )
  .map(({ id }) => id);

const validations = ['auth.validate-bearer', 'auth.validate-x-api-key'];

const healths = ['registry.health', 'registry.api-health', 'api.health', 'api.v1-health'];

const ofApi = targets
  .filter(({ role, kind, enabled, hops }) => role === 'registry' && kind === 'http' && enabled && hops.includes('api'))
  .map(({ id }) => id);

const acceptsAnyPage = ['registry.root', 'registry.mlflow-proxy'];

/** Where a request meets it that fails in this way, and whose words these are. */
const meeting = (
  mode: FailureMode,
  cause: ToldCause | null,
): { readonly by: Answerer; readonly at: readonly string[] } => {
  if (mode === 'database-error') return { by: 'mlflow', at: reads };
  if (mode === 'dependency-unhealthy') return { by: 'application', at: healths };
  if (mode === 'auth-rejected') return { by: 'application', at: [...proxied, ...validations] };
  if (mode === 'lb-bad-gateway' || mode === 'lb-no-target' || mode === 'unexpected-status')
    return { by: 'unknown', at: ofApi };
  if (cause === 'maintenance') return { by: 'unknown', at: ofApi.filter((id) => !acceptsAnyPage.includes(id)) };
  if (cause === 'leads-to-login') return { by: 'unknown', at: proxied };
  if (mode === 'redirect-unexpected') return { by: 'balancer', at: overHttps };
  return {
    by: 'application',
    at: cause === 'names-auth' || cause === 'names-redis' || cause === 'redis-refuses' ? keyed : proxied,
  };
};

/** Every request that meets it fails in this way, and the answer tells this cause. */
const diagnosisWith = (mode: FailureMode, cause: ToldCause | null): Diagnosis => {
  const { by, at } = meeting(mode, cause);
  const seen = observations({
    ...Object.fromEntries(Object.entries(allPass()).filter(([id]) => !id.startsWith('registration.'))),
    ...Object.fromEntries(at.map((id) => [id, [mode, by] as const])),
  });
  const outcomes = seen.outcomes.map(
    (outcome): Outcome => (outcome.failureMode === mode ? { ...outcome, cause } : outcome),
  );
  return diagnose({ ...seen, outcomes }, targets);
};

/** What is named, a tie in any order. */
const named: Readonly<Record<ToldCause, readonly string[]>> = {
  'not-reached': ['database-unreachable'],
  'login-refused': ['database-auth-failing'],
  'no-connection-left': ['database-pool-exhausted'],
  // A pooler hides the reason.
  'connection-lost': ['database-auth-failing', 'database-pool-exhausted', 'database-unreachable'],
  'tables-missing': ['mlflow-wrong-database'],
  'disk-full': [],
  'statement-cancelled': [],
  'not-permitted': [],
  'name-not-found': ['service-discovery-broken'],
  'connection-refused': ['mlflow-unreachable-from-api'],
  'address-silent': ['mlflow-unreachable-from-api'],
  // Of the API's own tasks, whatever they ask.
  'process-exhausted': [],
  'certificate-asked': [],
  'certificate-of-another': ['dns-misconfigured', 'tls-certificate-invalid'],
  'page-of-another': ['alb-wrong-target-group'],
  'tls-mismatch': ['backend-tls-mismatch'],
  'key-invalid': ['api-key-rejected'],
  'key-not-validated': ['api-gateway-auth'],
  'redis-refuses': ['redis-unreachable'],
  'leads-to-login': ['mlflow-auth-rejecting-all'],
  'leads-to-http': ['https-redirect-broken'],
  maintenance: ['alb-routing-misconfigured'],
  'authorizer-denies': ['api-gateway-auth'],
  'breaker-open': ['circuit-breaker-open'],
  'names-auth': ['auth-service-unavailable'],
  'names-redis': ['redis-unreachable'],
  // Only that it does not get to MLflow, or does not try.
  'names-mlflow': ['circuit-breaker-open', 'service-discovery-broken'],
  'names-database': [],
  'names-another': [],
};

const namedBy = (mode: FailureMode, cause: ToldCause): readonly string[] => {
  // By a health route alone: what it names answers, so the route is wrong. Redis is seen nowhere else, and a breaker of the route's
  // own looks the same.
  if (mode === 'dependency-unhealthy') {
    if (cause === 'names-redis') return named[cause];
    return cause === 'names-mlflow' ? ['circuit-breaker-open', 'health-check-mismatch'] : ['health-check-mismatch'];
  }
  if (cause === 'names-mlflow' && mode === 'upstream-timeout') return ['mlflow-unreachable-from-api'];
  // The reason is missing.
  if (cause === 'names-mlflow' && mode === 'upstream-unreachable')
    return ['mlflow-unreachable-from-api', 'service-discovery-broken'];
  // An API that fails at it has not even tried to connect.
  return mode === 'server-error' && cause === 'names-mlflow' ? ['env-vars-missing'] : named[cause];
};

/** In which failures each cause is told. */
const told = new Map<string, readonly [ToldCause, FailureMode]>([
  ...saidCauses.flatMap(({ modes, cause }) => modes.map((mode) => [`${cause} ${mode}`, [cause, mode]] as const)),
  ...namedCauses.map(([, cause]) => [`${cause} by a health route`, [cause, 'dependency-unhealthy']] as const),
]);

it.each([...told.values()])(
  'the text of a response decides between causes that look the same: %s, %s',
  (cause, mode) => {
    const { faults } = diagnosisWith(mode, cause);
    const expected = namedBy(mode, cause);

    expect(faults.flat().toSorted()).toEqual(expected);
    expect(faults.length).toBe(Math.min(1, expected.length));
  },
);

it.each([
  ['database-error', ['database-unreachable', 'database-pool-exhausted', 'database-auth-failing']],
  ['upstream-unreachable', ['service-discovery-broken', 'mlflow-unreachable-from-api']],
] as const)('without a text it stays a tie: %s', (mode, members) => {
  const { faults, status } = diagnosisWith(mode, null);

  expect(status).toBe('ambiguous');
  expect(faults[0]).toEqual(expect.arrayContaining([...members]));
});

it.each(
  (['server-error', 'lb-bad-gateway', 'lb-no-target', 'unexpected-status'] as const).flatMap((mode) =>
    (['mlflow', 'api', 'auth'] as const).map((role) => ({ mode, role })),
  ),
)('a balancer that cannot speak TLS with what is behind it says so on any host: $mode on $role', ({ mode, role }) => {
  const failing = targets
    .filter((one) => one.role === role && one.kind === 'http' && one.enabled && !one.id.endsWith('-redirect'))
    .map(({ id }) => [id, [mode, 'unknown'] as const]);
  const seen = observations(allPass(Object.fromEntries(failing)));
  const outcomes = seen.outcomes.map(
    (outcome): Outcome => (outcome.failureMode === mode ? { ...outcome, cause: 'tls-mismatch' } : outcome),
  );

  expect(diagnose({ ...seen, outcomes }, targets).faults).toEqual([['backend-tls-mismatch']]);
});
