import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { answerOf } from '../../src/drill/answer.ts';
import { calibrationError, type ScoredRow, strictScore, sureButWrong } from '../../src/drill/score.ts';
import { showsBrokenHop, unseenButWorking } from '../support/grounded-path.ts';
import type { Row } from './evidence-row.ts';
import { rowsOfThird } from './evidence-third.ts';
import { targets } from './observations.ts';

/** Reports of a platform that the authors of the catalogue had not seen (test/evidence/). */
const rowsOfFirst: Readonly<Record<string, Row>> = {
  'api-rule-forwards-to-mlflow': {
    truth: 'the rule for the registry’s API forwards to MLflow’s target group',
    right: ['alb-wrong-target-group', 'alb-routing-misconfigured'],
    named: [['alb-wrong-target-group']],
  },
  'breaker-stays-open': {
    truth: 'MLflow came back, and the API’s circuit breaker stays open',
    right: ['circuit-breaker-open'],
    named: [['circuit-breaker-open', 'health-check-mismatch']],
  },
  'key-check-says-429': {
    truth: 'the auth service answers 429 to validations, and the API passes it on: rate-limited alone',
    right: ['rate-limited'],
    named: [['rate-limited'], ['api-key-rejected', 'mlflow-auth-rejecting-all']],
  },
  'key-check-takes-3-s': {
    truth: 'the auth service takes 3 s per key',
    right: ['auth-service-unavailable'],
    named: [],
  },
  'mlflow-gateway-rejects-keys': {
    truth: 'a gateway before MLflow rejects every key: mlflow-auth-rejecting-all alone',
    right: ['mlflow-auth-rejecting-all'],
    named: [['mlflow-auth-rejecting-all']],
  },
  'mlflow-switched-to-tls': {
    truth: 'MLflow serves TLS, and balancer and API speak plain HTTP to it',
    right: ['backend-tls-mismatch'],
    named: [['backend-tls-mismatch', 'mlflow-service-unhealthy']],
  },
  'port-443-redirects-to-80': {
    truth: 'the registry’s port 443 redirects to port 80, which redirects to 443',
    right: ['https-redirect-broken'],
    named: [['https-redirect-broken']],
  },
  'proxy-strips-keys': {
    truth: 'the proxy forwards neither form of the key',
    right: ['proxy-drops-auth-headers'],
    named: [['proxy-drops-auth-headers']],
  },
  'proxy-strips-keys-stale-baseline': {
    truth: 'the same, with a baseline from before MLflow was put behind a gateway',
    right: ['proxy-drops-auth-headers'],
    named: [['proxy-drops-auth-headers']],
  },
  'redis-drops-packets': {
    truth: 'Redis drops packets, and requests with a key hang',
    right: ['redis-unreachable', 'security-group-blocking'],
    named: [['api-service-unhealthy'], ['api-gateway-auth', 'auth-service-unavailable']],
  },
  'registry-table-locked': {
    truth: 'a migration holds MLflow’s table of registered models',
    right: ['database-pool-exhausted', 'database-unreachable'],
    named: [['database-pool-exhausted', 'database-unreachable']],
  },
  'registry-tables-gone': {
    truth: 'the registry’s tables were dropped',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
  },
};

const rows = { ...rowsOfFirst, ...rowsOfThird };

const folder = join(import.meta.dirname, '../evidence');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

it('each recorded report has a recorded truth', () => {
  expect(files.map((name) => name.replace('.json', '')).toSorted()).toEqual(Object.keys(rows).toSorted());
});

/** Diagnosed again. */
const cases = Object.entries(rows).map(([id, row]) => {
  const { report } = parseReport(readFileSync(join(folder, `${id}.json`), 'utf8'));
  const diagnosis = diagnose(report, targets, report.history);
  const causes = row.isPair === true ? row.right.map((one) => [one]) : row.right.length === 0 ? [] : [row.right];
  return { id, report, diagnosis, ...row, scored: { causes, answer: answerOf(diagnosis) } satisfies ScoredRow };
});

it.each(cases)('$id keeps its diagnosis', ({ named, diagnosis: { faults }, scored }) => {
  expect(faults.map((tie) => tie.toSorted())).toEqual(named);
  expect(sureButWrong(scored)).toEqual([]);
});

it.each(cases)('$id marks no hop behind the broken one as working without a request', ({ report, diagnosis }) => {
  expect(unseenButWorking(report, diagnosis, targets)).toEqual([]);
});

it('the recorded reports keep their figures', () => {
  const shown = cases.map(({ diagnosis, right }) => showsBrokenHop(diagnosis, right)).filter((one) => one !== null);
  const grounded = shown.filter(Boolean).length / shown.length;
  const scored = cases.map((one) => one.scored);
  const strict = scored.reduce((sum, one) => sum + strictScore(one), 0);
  const error = calibrationError(scored);
  process.stdout.write(
    `recorded reports: strict score ${strict.toFixed(1)} of ${scored.length}, grounded path ${(100 * grounded).toFixed(0)} % of ${shown.length}, calibration error ${error?.toFixed(2)}\n`,
  );
  // As reached. A change that improves one of them moves its bound.
  expect(strict).toBeGreaterThanOrEqual(57.4);
  expect(grounded).toBeGreaterThanOrEqual(0.98);
  expect(error).toBeLessThan(0.12);
});
