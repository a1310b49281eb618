import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { targets } from './observations.ts';

const probability = (report: string, id: HypothesisId): number => {
  const recorded = parseReport(readFileSync(join(import.meta.dirname, `../evidence/${report}.json`), 'utf8')).report;
  const { hypotheses } = diagnose(recorded, targets, recorded.history);
  return hypotheses.find((one) => one.id === id)?.probability ?? 0;
};

describe('a cause that only one thing can be is named with confidence', () => {
  it.each<readonly [HypothesisId, string]>([
    ['alb-routing-misconfigured', 'third-main-balancer-default-site'],
    ['api-gateway-auth', 'fourth-authorizer-validates-nothing'],
    ['api-key-rejected', 'fourth-pair-key-revoked--api-host-404'],
    ['api-service-unhealthy', 'third-one-api-task-frozen'],
    ['artifact-store-failing', 'third-artifacts-on-task-disk'],
    ['auth-service-unavailable', 'third-auth-stopped'],
    ['circuit-breaker-open', 'third-breaker-stuck-open'],
    ['cors-misconfigured', 'third-cors-origin-lost'],
    ['database-auth-failing', 'third-mariadb-password-rotated'],
    ['database-pool-exhausted', 'third-db-connections-exhausted'],
    ['database-unreachable', 'third-mariadb-stopped'],
    ['https-listener-missing', 'fourth-registry-443-gone-80-serves'],
    ['https-redirect-broken', 'port-443-redirects-to-80'],
    ['mlflow-service-unhealthy', 'third-mlflow-frozen'],
    ['mlflow-wrong-database', 'registry-tables-gone'],
    ['proxy-drops-auth-headers', 'proxy-strips-keys'],
    ['proxy-routes-missing', 'third-one-task-old-code'],
    ['rate-limited', 'key-check-says-429'],
    ['service-discovery-broken', 'third-discovery-no-record'],
    ['tls-certificate-invalid', 'third-intermediate-expired'],
    ['write-scope-missing', 'third-pair-dns--read-only-key'],
  ])('%s: %s', (id, report) => {
    expect(probability(report, id)).toBeGreaterThanOrEqual(0.9);
  });
});

describe('a cause is named without confidence (0.8) while', () => {
  it.each<readonly [string, HypothesisId, string]>([
    ['another one fits as well', 'auth-flow-regression', 'fifth-api-rejects-valid'],
    ['another one fits as well', 'redis-unreachable', 'fifth-redis-password'],
    ['another one fits as well', 'mlflow-service-unhealthy', 'fifth-mlflow-frozen'],
    ['another one fits as well', 'security-group-blocking', 'fourth-main-balancer-drops-packets'],
    ['another one fits one of two faults as well', 'tls-certificate-invalid', 'fifth-pair-name-and-key'],
    ['some tasks alone have it', 'service-discovery-broken', 'fifth-one-task-wrong-mlflow-url'],
    ['one of two addresses alone fails', 'dns-misconfigured', 'fifth-dead-second-address'],
    [
      'one address alone has another certificate',
      'tls-certificate-invalid',
      'fourth-one-address-has-an-expired-certificate',
    ],
    ['the service crashes only sometimes', 'api-service-unhealthy', 'third-api-crashes-on-upload'],
    ['a request that it should break passes', 'alb-wrong-target-group', 'third-rewrite-prefixes-path'],
    ['the API itself refuses keys on these paths', 'alb-wrong-target-group', 'api-rule-forwards-to-mlflow'],
    ['a request that it should break passes', 'redis-unreachable', 'fifth-pair-redis-and-redirect'],
    ['a request that it should break passes', 'proxy-routes-missing', 'fifth-pair-routes-and-dns'],
    ['the failures are rare for it', 'mlflow-wrong-database', 'fourth-reads-from-a-stale-replica'],
    ['a failure has no explanation', 'auth-service-unavailable', 'fifth-one-task-wrong-accounts-url'],
    ['it shows in slowness alone', 'auth-service-unavailable', 'key-check-takes-3-s'],
    ['the baseline is of another platform', 'proxy-drops-auth-headers', 'proxy-strips-keys-stale-baseline'],
    ['the baseline is of another platform', 'database-unreachable', 'third-topology-changed-mariadb-stopped'],
  ])('%s: %s, %s', (_, id, report) => {
    expect(probability(report, id)).toBeLessThan(0.8);
  });
});
