import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { questionOf } from '../../src/diagnose/most-telling.ts';
import type { Report } from '../../src/model/report.ts';
import type { Target } from '../../src/model/target.ts';
import { followUpTargets } from '../../src/platform/follow-ups.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { targets } from './observations.ts';

/** As it was before any follow-up. */
const recorded = (id: string) => {
  const { followUp: _, ...report } = parseReport(
    readFileSync(join(import.meta.dirname, `../evidence/${id}.json`), 'utf8'),
  ).report;
  return report;
};

/** The targets that the cycle left out and the first of each kind of follow-up, last to first: not in the order wanted. */
const candidates = ({ outcomes }: Pick<Report, 'outcomes'>): readonly Target[] =>
  [...targets, ...followUpTargets(targets)]
    .filter(({ id }) => !outcomes.some(({ target }) => target === id) && !/-[2-8]$/.test(id))
    .toReversed();

const question = (id: string) => {
  const report = recorded(id);
  const asked = questionOf(report, targets, candidates(report), report.history);
  return asked && { between: asked.between.toSorted(), telling: asked.telling.map((one) => one.id) };
};

const health = ['registry.health-detailed', 'registry.health-mlflow'];
const internal = ['mlflow.internal-development', 'mlflow.internal'];
const unneeded = ['registry.root+unneeded-key', 'auth.root+unneeded-key'] as const;
const madeUp = (form: 'bearer' | 'x-api-key') => `registry.mlflow-proxy-search+made-up-${form}`;

describe('in doubt, the most telling request is asked first, and none that cannot decide', () => {
  it.each<readonly [string, readonly HypothesisId[], readonly string[]]>([
    ['breaker-stays-open', ['circuit-breaker-open', 'health-check-mismatch'], health],
    ['mlflow-switched-to-tls', ['backend-tls-mismatch', 'mlflow-service-unhealthy'], internal],
    ['third-auth-clock-ahead', ['api-gateway-auth', 'api-key-rejected'], [...unneeded, ...health]],
    ['third-tracking-uri-other-prefix', ['env-vars-missing', 'proxy-routes-missing'], health],
    [
      'fifth-pg-frozen',
      ['database-pool-exhausted', 'database-unreachable', 'mlflow-service-unhealthy'],
      [...health, 'registry.mlflow-api-list'],
    ],
    [
      'fourth-database-password-rotated',
      ['database-auth-failing', 'database-pool-exhausted', 'database-unreachable'],
      health,
    ],
  ])('a tie: %s', (id, between, telling) => {
    expect(question(id)).toEqual({ between, telling });
  });

  it.each<readonly [string, readonly HypothesisId[], readonly string[]]>([
    [
      'third-upstream-variable-missing',
      ['env-vars-missing', 'mlflow-unreachable-from-api', 'service-discovery-broken'],
      health,
    ],
    [
      'fourth-redis-became-a-replica',
      ['auth-service-unavailable', 'env-vars-missing', 'redis-unreachable'],
      [madeUp('x-api-key'), madeUp('bearer'), ...health, 'registry.mlflow-api-list'],
    ],
  ])('one cause that is likely but not sure: %s', (id, between, telling) => {
    const report = recorded(id);
    expect(diagnose(report, targets, report.history).faults).toHaveLength(1);
    expect(question(id)).toEqual({ between, telling });
  });

  it.each(['third-pair-mlflow-stopped--api-rule'])('the fault in doubt beside one that is sure: %s', (id) => {
    const between = ['alb-routing-misconfigured', 'alb-wrong-target-group'];
    expect(question(id)).toEqual({ between, telling: ['api.root+again-1'] });
  });
});

it.each([
  ['one cause is sure', 'third-auth-stopped'],
  ['two are', 'fourth-pair-cors--redis-stopped'],
  ['no left-out request decides', 'third-registry-default-404'],
])('no more is asked if %s: %s', (_, id) => {
  expect(question(id)).toBeNull();
});
