import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { targets } from './observations.ts';

/** What was really broken, and what is named: the ties, each in the order of the alphabet. */
interface Row {
  readonly truth: string;
  readonly named: readonly (readonly string[])[];
  /** What it may be called. */
  readonly right: readonly HypothesisId[];
  /** What is named wrongly with 80 % or more. Each of them is a defect that is still to be mended. */
  readonly confidentlyWrong?: readonly HypothesisId[];
}

/** Reports of a platform that the authors of the catalogue had not seen (test/evidence/). */
const rows: Readonly<Record<string, Row>> = {
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
    named: [['database-pool-exhausted']],
    confidentlyWrong: ['database-pool-exhausted'],
  },
  'mlflow-gateway-rejects-keys': {
    truth: 'a gateway before MLflow rejects every key: mlflow-auth-rejecting-all alone',
    right: ['mlflow-auth-rejecting-all'],
    named: [['mlflow-auth-rejecting-all'], ['auth-flow-regression']],
    confidentlyWrong: ['auth-flow-regression'],
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
    named: [['auth-flow-regression', 'proxy-drops-auth-headers']],
  },
  'proxy-strips-keys-stale-baseline': {
    truth: 'the same, with a baseline from before MLflow was put behind a gateway',
    right: ['proxy-drops-auth-headers'],
    named: [['auth-flow-regression', 'proxy-drops-auth-headers'], ['alb-wrong-target-group']],
    confidentlyWrong: ['alb-wrong-target-group'],
  },
  'redis-drops-packets': {
    truth: 'Redis drops packets, and requests with a key hang',
    right: ['redis-unreachable', 'security-group-blocking'],
    named: [['api-service-unhealthy'], ['api-gateway-auth', 'auth-service-unavailable']],
    confidentlyWrong: ['api-service-unhealthy', 'auth-service-unavailable'],
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

const folder = join(import.meta.dirname, '../evidence');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

it('each recorded report has a recorded truth', () => {
  expect(files.map((name) => name.replace('.json', '')).toSorted()).toEqual(Object.keys(rows).toSorted());
});

it.each(Object.entries(rows))('%s keeps its diagnosis', (id, { named, right, confidentlyWrong = [] }) => {
  const { report } = parseReport(readFileSync(join(folder, `${id}.json`), 'utf8'));
  const { faults, hypotheses } = diagnose(report, targets, report.history);
  const sure = hypotheses.filter(({ probability }) => probability >= 0.8);
  const isTrueOf = (tie: readonly HypothesisId[] = []): boolean => tie.some((name) => right.includes(name));

  expect(faults.map((tie) => tie.toSorted())).toEqual(named);
  expect(sure.filter(({ fault }) => !isTrueOf(faults[fault])).map((one) => one.id)).toEqual(confidentlyWrong);
});
