import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Outcome } from '../../src/model/report.ts';
import { allPass, keyedAtRegistry, observations, type Seen, targets } from './observations.ts';

const health = 'api.v1-health';
const madeUp = 'registry.mlflow-proxy-search-made-up-key';

interface Cycle {
  readonly failing: Readonly<Record<string, Seen>>;
  /** Fail, and pass when they are repeated. */
  readonly flapping?: readonly string[];
  /** What the health route reports as failing. */
  readonly names: readonly string[];
}

const diagnosisOf = ({ failing, flapping = [], names }: Cycle): Diagnosis => {
  const told = { [health]: ['dependency-unhealthy', 'application'] } as const;
  const passing = Object.entries(allPass()).filter(([id]) => !id.startsWith('registration.'));
  const seen = observations({ ...Object.fromEntries(passing), ...failing, ...(names.length === 0 ? {} : told) });
  const outcomes = seen.outcomes.map((one): Outcome => {
    const flaps = {
      ...one,
      status: 'degraded' as const,
      attempts: [...one.attempts, { ...one, status: 'pass' as const }],
    };
    if (flapping.includes(one.target)) return flaps;
    if (one.target !== health) return one;
    const cause = names.length === 1 ? 'names-auth' : null;
    return { ...one, cause, dependencies: names.map((name) => ({ name, state: 'unhealthy' as const })) };
  });
  return diagnose({ ...seen, outcomes }, targets);
};

const surest = ({ hypotheses }: Diagnosis): number => Math.max(0, ...hypotheses.map(({ probability }) => probability));

const keyed = [...keyedAtRegistry, 'registration.credentials'];
const each = (ids: readonly string[], what: Seen): Readonly<Record<string, Seen>> =>
  Object.fromEntries(ids.map((id) => [id, what]));

const modes: readonly FailureMode[] = ['upstream-unavailable', 'auth-unavailable', 'server-error'];
const together = [
  ['cache', 'model_registry', 'identity'],
  ['redis', 'auth'],
  ['postgres', 'identity-service'],
  ['billing', 'identity', 'search'],
];

describe.each(together.map((names) => ({ names })))('the health route names $names together', ({ names }) => {
  it.each(modes)('one API task in two that lost them is recognised, and no dependency is named: %s', (mode) => {
    const flapping = ['registry.mlflow-proxy', madeUp];
    const failing = each(
      [...flapping, 'registry.mlflow-proxy-version', 'registration.credentials'],
      [mode, 'application'],
    );
    const { faults, outside } = diagnosisOf({ failing, flapping, names });

    expect({ faults, outside }).toEqual({ faults: [], outside: ['api-task-cannot-connect'] });
  });

  it.each(modes)('no dependency is named with confidence although every key is refused: %s', (mode) => {
    expect(surest(diagnosisOf({ failing: each(keyed, [mode, 'application']), names }))).toBeLessThan(0.8);
  });
});

it('the auth service is named with confidence if the health route names it alone', () => {
  const found = diagnosisOf({ failing: each(keyed, ['auth-unavailable', 'application']), names: ['identity'] });

  expect(found.faults).toEqual([['auth-service-unavailable']]);
  expect(surest(found)).toBeGreaterThan(0.8);
});

/** A recorded report with some outcomes changed. */
const changed = (id: string, change: (one: Outcome) => Outcome): Diagnosis => {
  const { report } = parseReport(readFileSync(join(import.meta.dirname, `../evidence/${id}.json`), 'utf8'));
  return diagnose({ ...report, outcomes: report.outcomes.map(change) }, targets);
};

it.each([
  ['a database is named with confidence if MLflow is the other one', ['mlflow', 'database'], true],
  ['a database is not named with confidence if the cache is the other one', ['cache', 'database'], false],
] as const)('%s that the health route names', (_, names, isSure) => {
  const found = changed('third-mariadb-stopped', (one) =>
    one.target === health || one.target === 'api.health'
      ? {
          ...one,
          status: 'degraded',
          failureMode: 'dependency-unhealthy',
          answeredBy: 'application',
          cause: null,
          dependencies: names.map((name) => ({ name, state: 'unhealthy' as const })),
        }
      : one,
  );

  expect(found.faults).toEqual([['database-unreachable']]);
  expect(surest(found) > 0.8).toBe(isSure);
});

describe('every key is refused, but one request passes when it is repeated', () => {
  const failing = each(keyed, ['auth-unavailable', 'application']);
  const authFails = each(
    ['auth.root', 'auth.health', 'auth.validate-bearer', 'auth.validate-x-api-key', 'auth.validate-made-up-key'],
    ['lb-no-target', 'balancer'],
  );

  it.each<readonly [string, Readonly<Record<string, Seen>>, boolean]>([
    ['with confidence while its own host fails', authFails, true],
    ['without confidence while its own host passes', {}, false],
  ])('the auth service is named %s', (_, own, isSure) => {
    const found = diagnosisOf({ failing: { ...failing, ...own }, flapping: [madeUp], names: ['identity'] });

    expect(found.faults).toEqual([['auth-service-unavailable']]);
    expect(surest(found) > 0.8).toBe(isSure);
  });
});
