import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { ToldCause } from '../../src/model/told-causes.ts';
import { allPass, observations, type Seen, targets } from './observations.ts';

const bare = 'registry.mlflow-proxy';
const below = targets
  .filter(({ enabled, hops }) => enabled && hops.includes('proxy-route') && hops.includes('mlflow'))
  .map(({ id }) => id);

/** Every request with a valid key through the proxy fails in this way, and with it the flow's first step. */
const named = (
  ids: readonly string[],
  [mode, by]: readonly [FailureMode, 'application' | 'mlflow'],
  cause: ToldCause | null,
) => {
  const healthy = Object.entries(allPass()).filter(([id]) => !id.startsWith('registration.'));
  const what: Seen = [mode, by];
  const failing = [...ids, 'registration.credentials'].map((id) => [id, what] as const);
  const seen = observations(Object.fromEntries([...healthy, ...failing]));
  const outcomes = seen.outcomes.map((one): Outcome => (one.failureMode === mode ? { ...one, cause } : one));
  return diagnose({ ...seen, outcomes }, targets);
};

describe('a proxy that passes on its bare path', () => {
  it.each<readonly [FailureMode, ToldCause | null, readonly string[]]>([
    ['upstream-timeout', null, ['mlflow-unreachable-from-api']],
    ['upstream-timeout', 'names-mlflow', ['mlflow-unreachable-from-api']],
    ['upstream-unreachable', 'name-not-found', ['service-discovery-broken']],
    ['upstream-unreachable', 'connection-refused', ['mlflow-unreachable-from-api']],
    ['upstream-unavailable', 'breaker-open', ['circuit-breaker-open']],
    ['server-error', 'names-mlflow', ['env-vars-missing']],
  ])('%s (%s) is a matter of what is behind it', (mode, cause, expected) => {
    const { faults } = named([bare, ...below], [mode, 'application'], cause);
    expect(faults.flat()).toEqual(expect.arrayContaining([...expected]));
    expect(faults).toHaveLength(1);
    expect(named(below, [mode, 'application'], cause).faults.flat()).toEqual(expect.arrayContaining([...expected]));
  });

  it('makes nobody sure of Redis, or of a variable, if an error has no words', () => {
    for (const mode of ['server-error', 'upstream-timeout', 'upstream-unavailable'] as const) {
      const { hypotheses } = named([bare, ...below], [mode, 'application'], null);
      const sure = hypotheses.filter(({ probability }) => probability >= 0.8).map(({ id }) => id);
      expect(sure.filter((id) => id !== 'mlflow-unreachable-from-api')).toEqual([]);
    }
  });
});

it('MLflow’s own page on its own route shows that the rule leads to MLflow', () => {
  const seen = observations(allPass({ 'registry.mlflow-ui': ['route-not-found', 'mlflow'] }));
  expect(diagnose(seen, targets).hypotheses.map(({ id }) => id)).not.toContain('alb-wrong-target-group');
});
