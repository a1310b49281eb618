import { expect, it } from 'vitest';
import { causeRules } from '../../src/classify/database-cause.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/platform/diagnosis.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import type { Outcome } from '../../src/platform/report.ts';
import { allPass, observations, targets } from './observations.ts';

const reads = ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-search-x-api-key', 'registry.mlflow-api-search'];

/** Every read fails as `database-error`, with these words in MLflow's answer. */
const diagnosisWith = (message: string | null): Diagnosis => {
  const seen = observations({
    ...Object.fromEntries(Object.entries(allPass()).filter(([id]) => !id.startsWith('registration.'))),
    ...Object.fromEntries(reads.map((id) => [id, ['database-error', 'mlflow'] as const])),
  });
  const body = message === null ? null : JSON.stringify({ error_code: 'TEMPORARILY_UNAVAILABLE', message });
  const outcomes = seen.outcomes.map(
    (outcome): Outcome =>
      outcome.failureMode === 'database-error' ? { ...outcome, evidence: { ...outcome.evidence, body } } : outcome,
  );
  return diagnose({ ...seen, outcomes }, targets);
};

const named: Readonly<Partial<Record<string, HypothesisId>>> = {
  'not-reached': 'database-unreachable',
  'login-refused': 'database-auth-failing',
  'no-connection-left': 'database-pool-exhausted',
  'tables-missing': 'mlflow-wrong-database',
};

it.each(causeRules.map(({ cause, example }) => [cause, example, named[cause]] as const))(
  'what the database says itself decides between what looks the same: %s',
  (_, example, hypothesis) => {
    const { faults, status } = diagnosisWith(example);

    expect(status).toBe(hypothesis === undefined ? 'no-match' : 'match');
    expect(faults).toEqual(hypothesis === undefined ? [] : [[hypothesis]]);
  },
);

it('without its words it stays a tie', () => {
  const { faults, status } = diagnosisWith(null);

  expect(status).toBe('ambiguous');
  expect(faults[0]).toEqual(expect.arrayContaining(['database-unreachable', 'database-auth-failing']));
});
