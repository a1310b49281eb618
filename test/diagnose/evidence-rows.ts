import { rowsOfEighth } from './evidence-eighth.ts';
import { rowsOfEleventh } from './evidence-eleventh.ts';
import { rowsOfFifth } from './evidence-fifth.ts';
import { rowsOfFourth } from './evidence-fourth.ts';
import { rowsOfNinth } from './evidence-ninth.ts';
import type { Row } from './evidence-row.ts';
import { rowsOfSeventh } from './evidence-seventh.ts';
import { rowsOfSixth } from './evidence-sixth.ts';
import { rowsOfSixthSecond } from './evidence-sixth-second.ts';
import { rowsOfSixthThird } from './evidence-sixth-third.ts';
import { rowsOfTenth } from './evidence-tenth.ts';
import { rowsOfThird } from './evidence-third.ts';

/** Reports of a platform that the authors of the catalogue had not seen (test/evidence/). */
export const rowsOfFirst: Readonly<Record<string, Row>> = {
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
    named: [['rate-limited']],
  },
  'key-check-takes-3-s': {
    truth: 'the auth service takes 3 s per key',
    right: ['auth-service-unavailable'],
    isNoneRight: true,
    named: [['auth-service-unavailable']],
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
    named: [['auth-service-unavailable', 'redis-unreachable']],
  },
  'registry-table-locked': {
    truth: 'a migration holds MLflow’s table of registered models',
    right: ['database-pool-exhausted', 'database-unreachable'],
    isNoneRight: true,
    named: [],
  },
  'registry-tables-gone': {
    truth: 'the registry’s tables were dropped',
    right: ['mlflow-wrong-database'],
    named: [['mlflow-wrong-database']],
  },
};

export const rows: Readonly<Record<string, Row>> = {
  ...rowsOfFirst,
  ...rowsOfThird,
  ...rowsOfFourth,
  ...rowsOfFifth,
  ...rowsOfSixth,
  ...rowsOfSixthSecond,
  ...rowsOfSixthThird,
  ...rowsOfSeventh,
  ...rowsOfEighth,
  ...rowsOfNinth,
  ...rowsOfTenth,
  ...rowsOfEleventh,
};
