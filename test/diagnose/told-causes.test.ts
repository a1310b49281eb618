import { expect, it } from 'vitest';
import { causeRules } from '../../src/classify/told-cause.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Answerer } from '../../src/platform/answerers.ts';
import type { Diagnosis } from '../../src/platform/diagnosis.ts';
import type { FailureMode } from '../../src/platform/failure-modes.ts';
import type { Outcome } from '../../src/platform/report.ts';
import type { ToldCause } from '../../src/platform/told-causes.ts';
import { allPass, observations, targets } from './observations.ts';

const reads = ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-search-x-api-key', 'registry.mlflow-api-search'];
const proxied = [...reads, 'registry.mlflow-proxy-health', 'registry.mlflow-proxy-version'];

const shows: Readonly<Partial<Record<FailureMode, { readonly by: Answerer; readonly at: readonly string[] }>>> = {
  'database-error': { by: 'mlflow', at: reads },
  'upstream-unreachable': { by: 'application', at: proxied },
  'dependency-unhealthy': {
    by: 'application',
    at: ['registry.health', 'registry.api-health', 'api.health', 'api.v1-health'],
  },
};

/** Every request that meets it fails in this way, with these words in the answer. */
const diagnosisWith = (mode: FailureMode, body: string | null): Diagnosis => {
  const { by, at } = shows[mode] ?? { by: 'application', at: [] };
  const seen = observations({
    ...Object.fromEntries(Object.entries(allPass()).filter(([id]) => !id.startsWith('registration.'))),
    ...Object.fromEntries(at.map((id) => [id, [mode, by] as const])),
  });
  const outcomes = seen.outcomes.map(
    (outcome): Outcome =>
      outcome.failureMode === mode
        ? { ...outcome, evidence: { ...outcome.evidence, body, summary: body ?? '' } }
        : outcome,
  );
  return diagnose({ ...seen, outcomes }, targets);
};

/** What is named, a tie in any order. */
const named: Readonly<Record<ToldCause, readonly string[]>> = {
  'not-reached': ['database-unreachable'],
  'login-refused': ['database-auth-failing'],
  'no-connection-left': ['database-pool-exhausted'],
  'tables-missing': ['mlflow-wrong-database'],
  'disk-full': [],
  'not-permitted': [],
  'name-not-found': ['service-discovery-broken'],
  'connection-refused': ['mlflow-unreachable-from-api', 'service-discovery-broken'],
  'tls-mismatch': ['backend-tls-mismatch'],
  'names-redis': ['redis-unreachable'],
  // The route is wrong, or who tells it is: MLflow and its database answer.
  'names-mlflow': ['health-check-mismatch'],
  'names-database': ['health-check-mismatch'],
};

it.each(causeRules.flatMap(({ of, cause, examples }) => examples.map((example) => [cause, of, example] as const)))(
  'what is said by itself decides between what looks the same: %s, %s, %s',
  (cause, of, example) => {
    const { faults } = diagnosisWith(of, example);

    expect(faults.flat().toSorted()).toEqual(named[cause]);
    expect(faults.length).toBe(Math.min(1, named[cause].length));
  },
);

it.each([
  ['database-error', ['database-unreachable', 'database-auth-failing']],
  ['upstream-unreachable', ['service-discovery-broken', 'mlflow-unreachable-from-api']],
] as const)('without words it stays a tie: %s', (mode, members) => {
  const { faults, status } = diagnosisWith(mode, null);

  expect(status).toBe('ambiguous');
  expect(faults[0]).toEqual(expect.arrayContaining([...members]));
});
