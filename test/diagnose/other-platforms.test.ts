import { expect, it } from 'vitest';
import { causeOfDependencies, toldCauseOf } from '../../src/classify/told-cause.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { ToldCause } from '../../src/model/told-causes.ts';
import { allPass, diagnosisOf, observations, type Seen, targets } from './observations.ts';

/*
 * What a platform of other parts showed that was built by somebody who had not seen the diagnosis (docs/diagnosis.md), where its
 * first answer was wrong: as it was seen, but for the times.
 */

const each = (ids: readonly string[], seen: Seen): Readonly<Record<string, Seen>> =>
  Object.fromEntries(ids.map((id) => [id, seen]));

const behindMlflow = [
  'registry.mlflow-proxy-health',
  'registry.mlflow-proxy-version',
  'registry.mlflow-proxy-search',
  'registry.mlflow-proxy-search-x-api-key',
  'registry.mlflow-api-search',
];
const keyed = ['registry.mlflow-proxy', 'registry.mlflow-proxy-search-made-up-key', ...behindMlflow];
const healths = ['registry.health', 'registry.api-health', 'api.health', 'api.v1-health'];
const ownRoutes = ['registry.mlflow-ui', 'mlflow.health', 'mlflow.version'];
const validations = ['auth.validate-bearer', 'auth.validate-x-api-key', 'auth.validate-made-up-key'];
const authHost = ['auth.root', 'auth.health', ...validations];

interface How {
  /** What the answers say that fail. */
  readonly words?: string | null;
  /** The dependency that health routes name. */
  readonly names?: string | null;
  /** What passes when it is asked again. */
  readonly once?: readonly string[];
}

const causeOf = (mode: FailureMode, words: string | null, names: string | null): ToldCause | null => {
  if (mode !== 'dependency-unhealthy') return words === null ? null : toldCauseOf(mode, () => words);
  return names === null ? null : causeOfDependencies([{ name: names, state: 'degraded' }]);
};

/** Everything passes but this; the flow ends at the step that fails. */
const seenWith = (
  but: Readonly<Record<string, Seen>>,
  { words = null, names = null, once = [] }: How = {},
): readonly (readonly string[])[] => {
  const stopped = Object.keys(but).some((id) => id.startsWith('registration.'));
  const before = Object.entries(allPass()).filter(([id]) => !(stopped && id.startsWith('registration.')));
  const { outcomes, registration } = observations({ ...Object.fromEntries(before), ...but });
  const seen = outcomes.map((one): Outcome => {
    if (one.failureMode === null) return one;
    const said = { ...one, cause: causeOf(one.failureMode, words, names) };
    return once.includes(one.target)
      ? { ...said, status: 'degraded', attempts: [...one.attempts, { ...one, status: 'pass', failureMode: null }] }
      : said;
  });
  return diagnose({ blind: null, outcomes: seen, registration }, targets).faults.map((tie) => tie.toSorted());
};

const byApi = (mode: FailureMode): Seen => [mode, 'application'];
const byBalancer = (mode: FailureMode): Seen => [mode, 'balancer'];

it.each([
  { title: 'a 503 without a message', mode: 'upstream-unavailable', words: null },
  { title: 'a bare 500', mode: 'server-error', words: null },
  { title: 'a 502', mode: 'upstream-unreachable', words: 'Upstream identity provider unreachable' },
  {
    title: 'a 503 with its own message',
    mode: 'upstream-unavailable',
    words: 'Unable to verify credentials right now',
  },
] as const)('an auth service that is down is one fault, even if the API reports it by $title', ({ mode, words }) => {
  const api = each([...keyed, 'registration.credentials'], byApi(mode));

  expect(seenWith({ ...api, ...each(authHost, byBalancer('lb-bad-gateway')) }, { words })).toEqual([
    ['auth-service-unavailable'],
  ]);
});

it('and if the API’s health names it', () => {
  const api = each([...keyed, 'registration.credentials'], byApi('auth-unavailable'));
  const health = each(healths, byApi('dependency-unhealthy'));
  const seen = { ...api, ...health, ...each(authHost, byBalancer('lb-bad-gateway')) };

  expect(seenWith(seen, { names: 'auth' })).toEqual([['auth-service-unavailable']]);
});

it('an auth service that runs but cannot look up keys', () => {
  const seen = each([...keyed, ...validations, 'registration.credentials'], byApi('upstream-unavailable'));

  expect(seenWith(seen)).toEqual([['auth-service-unavailable']]);
});

it.each([
  ['a 503', 'upstream-unavailable'],
  ['a bare 500', 'server-error'],
] as const)('a stopped MLflow looks like one that speaks TLS, if the API reports only %s', (_, mode) => {
  const proxied = each([...behindMlflow, 'registration.credentials'], byApi(mode));

  expect(seenWith({ ...proxied, ...each(ownRoutes, byBalancer('lb-bad-gateway')) })).toEqual([
    ['backend-tls-mismatch', 'mlflow-service-unhealthy'],
  ]);
});

it.each([
  ['connect to MLflow failed: Connection refused', 'mlflow-service-unhealthy'],
  ['connect to MLflow failed: [SSL: WRONG_VERSION_NUMBER] wrong version number', 'backend-tls-mismatch'],
])('and is distinguished from it if the API says: %s', (words, name) => {
  const proxied = each([...behindMlflow, 'registration.credentials'], byApi('upstream-unreachable'));

  expect(seenWith({ ...proxied, ...each(ownRoutes, byBalancer('lb-bad-gateway')) }, { words })).toEqual([[name]]);
});

it('a Redis without which no key is accepted', () => {
  const seen = each([...keyed, 'registration.credentials'], byApi('upstream-unavailable'));

  expect(seenWith(seen, { words: 'Session cache unavailable: Command timed out' })).toEqual([['redis-unreachable']]);
});

it('a health route that blames a working MLflow is wrong, or its circuit breaker stays open', () => {
  const seen = each(healths, byApi('dependency-unhealthy'));

  expect(seenWith(seen, { names: 'tracking' })).toEqual([['circuit-breaker-open', 'health-check-mismatch']]);
});

it.each(['auth', 'kafka'])('a health route that blames a working %s is not about Redis', (name) => {
  const seen = each(healths, byApi('dependency-unhealthy'));

  expect(seenWith(seen, { names: name })).toEqual([['health-check-mismatch']]);
});

it('MLflow’s own routes fail at the balancer while the API reaches it: the target group is broken, more likely by its health check', () => {
  expect(seenWith(each(ownRoutes, byBalancer('lb-bad-gateway')))).toEqual([['health-check-mismatch']]);
});

it('one of the API’s two tasks hangs: every other request times out', () => {
  const twice = ['registry.api-health', 'registry.mlflow-proxy-version', 'registry.mlflow-proxy-search-made-up-key'];
  const once = [
    'registry.mlflow-proxy',
    'registry.mlflow-proxy-search-x-api-key',
    'registry.cors-preflight',
    'api.health',
  ];
  const lost = each([...twice, ...once, 'api.v1-health', 'registration.credentials'], 'response-timeout');

  expect(seenWith(lost, { once })).toEqual([['api-service-unhealthy']]);
});

it('an artifact store that hangs', () => {
  const steps = Object.entries(allPass()).filter(([id]) => id.startsWith('registration.'));
  const upTo = steps.findIndex(([id]) => id === 'registration.upload-artifacts');
  const seen = {
    ...Object.fromEntries(steps.slice(0, upTo)),
    'registration.upload-artifacts': byApi('upstream-timeout'),
  };

  expect(seenWith(seen)).toEqual([['artifact-store-failing']]);
});

it('both ports refused: the name points to a host without a balancer, but that is not certain', () => {
  const onRegistry = targets.filter(({ role, kind }) => role === 'registry' && kind !== 'dns').map(({ id }) => id);
  const { faults, hypotheses } = diagnosisOf({
    ...Object.fromEntries(Object.entries(allPass()).filter(([id]) => !id.startsWith('registration.'))),
    ...each([...onRegistry, 'registration.credentials'], 'connect-refused'),
  });

  expect(faults[0]?.[0]).toBe('dns-misconfigured');
  expect(hypotheses.map(({ id }) => id)).toContain('https-listener-missing');
  expect(hypotheses[0]?.probability).toBeLessThan(0.9);
});

it('a step that fails for its own reason is named beside another fault, however little evidence it has', () => {
  const loops = targets.filter(({ id }) => id.endsWith('.http-redirect')).map(({ id }) => id);
  const reads = ['registration.credentials', 'registration.prove-deletion'];
  const seen = {
    ...each(loops, byBalancer('redirect-loop')),
    ...each(reads, 'pass'),
    'registration.create-run': byApi('forbidden'),
  };

  expect(seenWith(seen)).toEqual([['https-redirect-broken'], ['write-scope-missing']]);
});

it('the named cause explains only some failures: the proxy leads to another service', () => {
  const seen = {
    ...each([...behindMlflow, 'registration.credentials'], ['route-not-found', 'mlflow']),
    ...each(healths, byApi('dependency-unhealthy')),
  };

  expect(seenWith(seen, { names: 'tracking' }).flat()).not.toContain('proxy-routes-missing');
});

const byMlflow = (mode: FailureMode): Seen => [mode, 'mlflow'];

const stepsUpTo = (last: string, but: Readonly<Record<string, Seen>>): Readonly<Record<string, Seen>> => {
  const steps = Object.keys(allPass()).filter((id) => id.startsWith('registration.'));
  const before = steps.slice(0, steps.indexOf(`registration.${last}`));
  return { ...each(before, 'pass'), ...but };
};

it.each([
  'relation "registered_models" does not exist',
  "Table 'mlflow.registered_models' doesn't exist",
  'no such table: registered_models',
])('the registry’s tables are missing and those of experiments exist: %s', (words) => {
  const gone = each(
    ['registry.mlflow-api-search', 'registration.read-registry', 'registration.prove-deletion'],
    byMlflow('database-error'),
  );

  expect(seenWith(stepsUpTo('experiment', gone), { words })).toEqual([['mlflow-wrong-database']]);
});

it('the tables of experiments are missing and the registry’s exist', () => {
  const searches = ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-search-x-api-key'];
  const gone = each([...searches, 'registration.credentials'], byMlflow('database-error'));

  expect(seenWith(gone, { words: 'relation "experiments" does not exist' })).toEqual([['mlflow-wrong-database']]);
});

it('an unknown database error of the registry has no known cause', () => {
  const refused = each(['registry.mlflow-api-search', 'registration.read-registry'], byMlflow('database-error'));

  expect(
    seenWith(stepsUpTo('prove-deletion', refused), { words: 'permission denied for table registered_models' }),
  ).toEqual([]);
});

const overHttps = targets
  .filter(
    ({ role, kind, enabled, id }) => role === 'registry' && kind === 'http' && enabled && !id.endsWith('-redirect'),
  )
  .map(({ id }) => id);

it.each(['balancer', 'nginx', 'unknown'] as const)('port 443 redirects to port 80, by %s', (answerer) => {
  const seen: Readonly<Record<string, Seen>> = {
    ...each([...overHttps, 'registration.credentials'], ['redirect-unexpected', answerer]),
    'registry.cors-preflight': [answerer === 'balancer' ? 'redirect-unexpected' : 'cors-rejected', answerer],
  };

  expect(seenWith(seen, { words: 'http://registry.hokus.ai/' })).toEqual([['https-redirect-broken']]);
});

it.each([
  ['balancer', 'https://login.example.com/', [['alb-routing-misconfigured']]],
  ['application', null, []],
] as const)('port 443 redirects elsewhere, by %s to %s', (answerer, words, named) => {
  const seen = each([...overHttps, 'registration.credentials'], ['redirect-unexpected', answerer]);

  expect(seenWith(seen, { words })).toEqual(named);
});

const belowApi = ['registry.api-health', 'registry.mlflow-proxy', ...behindMlflow, 'registration.credentials'];
const guarded = ['registry.mlflow-proxy-search-no-key', 'registry.mlflow-proxy-search-made-up-key'];
const preflight = ['registry.cors-preflight'];

it.each([
  ['all of them', [...belowApi, ...guarded, ...preflight]],
  ['but those that a gateway before MLflow refuses', [...belowApi, ...preflight]],
  ['with MLflow’s own API', [...belowApi, ...guarded].filter((id) => id !== 'registry.mlflow-api-search')],
])('a rule leads the API’s paths to MLflow, which finds none of them: %s', (_, ids) => {
  expect(seenWith(each(ids, byMlflow('route-not-found')))).toEqual([['alb-wrong-target-group']]);
});

it('MLflow finds no path if the proxy has a wrong prefix: no rule bypasses the API', () => {
  const seen = each([...behindMlflow, 'registration.credentials'], byMlflow('route-not-found'));

  expect(seenWith(seen).flat()).not.toContain('alb-wrong-target-group');
});

it('a lock on the registry’s tables has no name, while experiments are readable through the same proxy', () => {
  const waiting: Readonly<Record<string, Seen>> = {
    'registry.mlflow-api-search': byApi('upstream-timeout'),
    'registration.read-registry': byApi('upstream-timeout'),
    'registration.prove-deletion': 'response-timeout',
  };

  expect(seenWith(stepsUpTo('experiment', waiting))).toEqual([]);
});

it('a lock on the tables of experiments has no name, while the registry is readable', () => {
  const waiting = [
    'registry.mlflow-proxy-search',
    'registry.mlflow-proxy-search-x-api-key',
    'registration.credentials',
  ];

  expect(seenWith(each(waiting, byApi('upstream-timeout')))).toEqual([]);
});

it('one of the API’s two tasks cannot reach MLflow, or one of MLflow’s hangs, for any tables', () => {
  const half = ['mlflow-proxy-version', 'mlflow-proxy-search', 'mlflow-api-search'].map((name) => `registry.${name}`);

  expect(seenWith(each([...half, 'registration.credentials'], byApi('upstream-timeout')))).toEqual([
    ['mlflow-service-unhealthy', 'mlflow-unreachable-from-api'],
  ]);
});
