import { describe, expect, it } from 'vitest';
import { allPass, diagnosisOf, type Seen } from './observations.ts';

const noRoute = ['lb-no-route', 'balancer'] as const;
const notFound = ['route-not-found', 'application'] as const;

/** The control, as in every incident: its name, certificate and answers are fine. */
const control: Readonly<Record<string, Seen>> = {
  'auth.dns': 'pass',
  'auth.certificate': 'pass',
  'auth.root': 'pass',
  'auth.health': 'pass',
};

/** The documents' own incidents, as the observations that they report and no others. */
describe('the incidents on record', () => {
  const a = {
    ...control,
    'registry.root': noRoute,
    'registry.mlflow-proxy': noRoute,
    'registry.mlflow-proxy-search': noRoute,
    'registry.mlflow-api-search': noRoute,
    'registry.health': noRoute,
    'api.root': 'pass',
    'platform.root': 'pass',
    'auth.validate-bearer': 'pass',
  } as const;

  it('A: 404 on all paths of the registry, other hosts fine: its balancer has no rule, or none on port 443', () => {
    const { status, faults, hypotheses } = diagnosisOf(a);
    // Nobody had looked where the name leads, nor at port 80.
    expect(status).toBe('ambiguous');
    expect(faults).toHaveLength(1);
    expect(faults[0]).toEqual(['alb-routing-misconfigured', 'https-listener-missing']);
    expect(hypotheses[0]).toMatchObject({ id: 'alb-routing-misconfigured', hosts: ['registry'] });
  });

  it('A, with results for the name and port 80: its balancer has no rule', () => {
    const { status, faults } = diagnosisOf({ ...a, 'registry.dns': 'pass', 'registry.http-redirect': 'pass' });
    expect(status).toBe('match');
    expect(faults).toEqual([['alb-routing-misconfigured']]);
  });

  it('A, without the sender of the 404: no balancer is assumed', () => {
    const by = ['route-not-found', 'unknown'] as const;
    const { faults, hypotheses } = diagnosisOf({
      ...control,
      'registry.root': by,
      'registry.mlflow-proxy': by,
      'registry.mlflow-proxy-search': by,
      'registry.health': by,
      'api.root': 'pass',
      'platform.root': 'pass',
    });
    // Nobody had looked at port 80 here either.
    expect(faults).toEqual([['alb-routing-misconfigured']]);
    expect(hypotheses.map(({ id }) => id)).toContain('https-listener-missing');
    expect(hypotheses[0]?.probability).toBeLessThan(0.8);
  });

  it('B: the run is created and the version is refused with 403: the key may not write it', () => {
    const { faults } = diagnosisOf({
      ...control,
      'auth.validate-bearer': 'pass',
      'registry.mlflow-proxy-search': 'pass',
      'registration.credentials': 'pass',
      'registration.read-registry': 'pass',
      'registration.create-run': 'pass',
      'registration.log-batch': 'pass',
      'registration.create-registered-model': 'pass',
      'registration.create-version-from-run': ['forbidden', 'application'],
    });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('write-scope-missing');
  });

  it('B: "API key required" with a valid key: the proxy removes it, or the API no longer reads it', () => {
    const missing = ['auth-missing', 'application'] as const;
    const { status, faults } = diagnosisOf({
      ...control,
      'auth.validate-bearer': 'pass',
      'auth.validate-x-api-key': 'pass',
      'registry.mlflow-proxy-search': missing,
      'registry.mlflow-proxy-search-x-api-key': missing,
      'registry.mlflow-proxy-search-no-key': 'pass',
      'registry.root': 'pass',
    });
    // Which of both it is shows only on a keyed route that ends in the API, and none was reported.
    expect(status).toBe('ambiguous');
    expect([...(faults[0] ?? [])].sort()).toEqual(['auth-flow-regression', 'proxy-drops-auth-headers']);
  });

  it('B: 404 on /api/mlflow while the API is healthy: its proxy routes are missing', () => {
    const { status, faults } = diagnosisOf({
      ...control,
      'registry.root': 'pass',
      'registry.health': 'pass',
      'registry.mlflow-proxy': notFound,
      'registry.mlflow-proxy-health': notFound,
      'registry.mlflow-proxy-search': notFound,
      'registry.mlflow-ui': 'pass',
    });
    expect(status).toBe('match');
    expect(faults).toEqual([['proxy-routes-missing']]);
  });

  it('E: 502 with the internal host, while MLflow responds on its own route: service discovery', () => {
    const unreachable = ['upstream-unreachable', 'application'] as const;
    const { faults } = diagnosisOf({
      ...control,
      'registry.root': 'pass',
      'registry.mlflow-proxy-health': unreachable,
      'registry.mlflow-proxy-search': unreachable,
      'registry.mlflow-ui': 'pass',
      'mlflow.health': 'pass',
    });
    expect(faults[0]?.[0]).toBe('service-discovery-broken');
  });

  it('E, without a result for MLflow’s own route: it may be MLflow itself', () => {
    const unreachable = ['upstream-unreachable', 'application'] as const;
    const { status, faults } = diagnosisOf({
      ...control,
      'registry.root': 'pass',
      'registry.mlflow-proxy-health': unreachable,
      'registry.mlflow-proxy-search': unreachable,
    });
    expect(status).toBe('ambiguous');
    expect(faults[0]).toEqual(expect.arrayContaining(['service-discovery-broken', 'mlflow-service-unhealthy']));
  });

  it('D, 2025-08-20: several faults at once, and none at the control', () => {
    const silent = 'response-timeout' as const;
    const { faults, hypotheses } = diagnosisOf({
      ...control,
      'registry.health': silent,
      'registry.mlflow-proxy': silent,
      'registry.mlflow-proxy-health': silent,
      'registry.mlflow-proxy-version': silent,
      'mlflow.root': 'connect-timeout',
      'api.root': noRoute,
      'api.health': noRoute,
      'api.v1-health': ['lb-gateway-timeout', 'balancer'],
      'platform.root': noRoute,
    });
    expect(faults.length).toBeGreaterThanOrEqual(2);
    expect(faults.flat()).toContain('alb-routing-misconfigured');
    expect(hypotheses.some(({ hosts }) => hosts?.includes('auth'))).toBe(false);
  });
});

describe('two faults at once', () => {
  it('each explains its own failures, and none of those at the other one before', () => {
    const gone = ['lb-bad-gateway', 'balancer'] as const;
    const { faults, hypotheses, unexplained } = diagnosisOf({
      ...control,
      'registry.dns': 'pass',
      'registry.http-redirect': 'pass',
      'registry.root': noRoute,
      'registry.mlflow-proxy': noRoute,
      'registry.mlflow-proxy-search': noRoute,
      'registry.mlflow-ui': noRoute,
      'mlflow.root': gone,
      'mlflow.health': gone,
      'api.root': 'pass',
      'platform.root': 'pass',
    });
    expect(faults).toHaveLength(2);
    const explainedBy = (id: string) => hypotheses.find((one) => one.id === id)?.explains;
    expect(explainedBy('alb-routing-misconfigured')).toEqual([
      'registry.root',
      'registry.mlflow-proxy',
      'registry.mlflow-proxy-search',
      'registry.mlflow-ui',
    ]);
    expect(explainedBy('mlflow-service-unhealthy')).toEqual(['mlflow.root', 'mlflow.health']);
    expect(unexplained).toEqual([]);
  });
});

describe('cycles without an incident', () => {
  it('a healthy platform', () => {
    expect(diagnosisOf(allPass()).status).toBe('healthy');
  });

  it('an empty report', () => {
    expect(diagnosisOf({}).status).toBe('inconclusive');
  });

  it.each([
    ['an answer that never ends', { 'registry.mlflow-ui': 'transfer-timeout' }],
    ['bytes that are no HTTP', { 'platform.root': 'response-malformed' }],
    [
      'a box that nobody knows',
      {
        'registry.root': ['unexpected-status', 'unknown'],
        'api.root': 'response-too-large',
        'mlflow.health': 'tls-not-yet-valid',
      },
    ],
  ] as const)('%s: no known cause, and the unexplained requests are listed', (_, but) => {
    const { status, hypotheses, unexplained } = diagnosisOf(allPass(but));
    const sure = status === 'match' && (hypotheses[0]?.probability ?? 0) > 0.9;
    expect(sure, JSON.stringify(hypotheses)).toBe(false);
    if (status === 'no-match') expect([...unexplained].sort()).toEqual(Object.keys(but).sort());
  });
});
