import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Outcome } from '../../src/model/report.ts';
import { allPass, observations, targets } from './observations.ts';

const refused = [
  'registry.mlflow-proxy-search',
  'registry.mlflow-proxy-search-x-api-key',
  'registry.mlflow-api-search',
];
const preflight = 'registry.cors-preflight';

/** The proxy refuses keys, and preflights get a 401 with this fingerprint. */
const diagnosed = (ofPreflight: string) => {
  const seen = observations(
    allPass({
      ...Object.fromEntries(refused.map((id) => [id, ['auth-missing', 'application'] as const])),
      [preflight]: ['cors-rejected', 'application'],
    }),
  );
  const outcomes = seen.outcomes.map((one): Outcome => {
    const fingerprint = one.target === preflight ? ofPreflight : refused.includes(one.target) ? 'refusal' : null;
    return fingerprint === null ? one : { ...one, httpStatus: 401, fingerprint };
  });
  return diagnose({ ...seen, outcomes, registration: null }, targets).faults.flat();
};

describe('a preflight that is refused', () => {
  it('with the response that other requests get has their cause', () => {
    expect(diagnosed('refusal')).not.toContain('cors-misconfigured');
  });

  it('with a response of its own is a fault of its own', () => {
    expect(diagnosed('another')).toContain('cors-misconfigured');
  });
});

it('a 404 of an unknown sender at MLflow’s pages: no rule, or a rule to another application', () => {
  const { faults, hypotheses } = diagnose(
    observations(allPass({ 'registry.mlflow-ui': ['route-not-found', 'unknown'] })),
    targets,
  );
  expect(faults.map((tie) => tie.toSorted())).toEqual([['alb-routing-misconfigured', 'alb-wrong-target-group']]);
  expect(Math.max(...hypotheses.map(({ probability }) => probability))).toBeLessThan(0.8);
});
