import { describe, expect, test } from 'vitest';
import { askableIds } from '../../src/confirm/plan.ts';
import { type HypothesisId, hypothesisIds } from '../../src/platform/hypotheses.ts';
import { breakages } from '../../src/sandbox/aws/breakages.ts';
import { faults } from '../../src/sandbox/faults/faults.ts';
import { askSandbox, broken } from './asking.ts';

const causesOf = (fault: string): readonly HypothesisId[] =>
  hypothesisIds.filter((id) => faults[fault]?.causes.includes(id) === true);

/** Faults that `confirm` alone cannot decide, because it does not know which requests fail. */
const needsACheck: Readonly<Record<string, string>> = {
  'registry-record-deleted': 'a wildcard record could serve the name',
};

describe('AWS as a fault has left it', () => {
  test.for(Object.keys(breakages))('%s: its cause is confirmed, or AWS says what is missing', async (fault) => {
    const [cause] = causesOf(fault);
    if (cause === undefined) throw new Error(`${fault} has a cause in the catalogue`);

    const finding = await askSandbox(cause, broken(fault));

    expect(finding).toMatchObject({
      hypothesis: cause,
      verdict: fault in needsACheck ? expect.not.stringMatching('confirmed') : 'confirmed',
    });
    expect(finding.line).not.toBe('');
    expect(finding.source).toMatch(/^[a-z0-9]+:[A-Z]\w+$/);
  });

  test.for(Object.keys(breakages))('%s: its cause is never refuted', async (fault) => {
    for (const cause of causesOf(fault))
      expect(await askSandbox(cause, broken(fault))).not.toMatchObject({ verdict: 'refuted' });
  });
});

describe('AWS on a healthy day', () => {
  test.for(askableIds)('does not confirm %s', async (id) => {
    const finding = await askSandbox(id, () => undefined);

    expect(finding.verdict, finding.line).not.toBe('confirmed');
  });

  test('refutes what only its configuration decides', async () => {
    const refuted: string[] = [];
    for (const id of askableIds) if ((await askSandbox(id, () => undefined)).verdict === 'refuted') refuted.push(id);

    expect(refuted.toSorted()).toEqual([
      'alb-routing-misconfigured',
      'alb-wrong-target-group',
      'dns-misconfigured',
      'https-listener-missing',
      'https-redirect-broken',
      'security-group-blocking',
      'tls-certificate-invalid',
    ]);
  });
});

describe('what AWS may not say', () => {
  test('a service that is running and healthy does not refute that it is down, because counts and health checks lag', async () => {
    expect(await askSandbox('api-service-unhealthy', () => undefined)).toMatchObject({ verdict: 'unknown' });
  });

  test('tasks that a deployment has replaced do not count as crashed', async () => {
    const finding = await askSandbox('api-service-unhealthy', ({ services }, now) => {
      services.api.stopped = [
        { reason: 'Scaling activity initiated by (deployment ecs-svc/1)', exitCode: 143, stoppedAt: now - 60_000 },
        { reason: 'Scaling activity initiated by (deployment ecs-svc/1)', exitCode: 137, stoppedAt: now - 60_000 },
      ];
    });

    expect(finding).toMatchObject({ verdict: 'unknown' });
  });

  test('a service of another name leaves the question open, and the line names the key to set', async () => {
    const finding = await askSandbox(
      'mlflow-service-unhealthy',
      broken('mlflow-stopped'),
      'confirm: { services: { mlflow: other } }',
    );

    expect(finding).toMatchObject({ verdict: 'unknown', line: expect.stringContaining('set confirm.services') });
  });

  test('401s that MLflow gives to others than the API say nothing about the proxy', async () => {
    const finding = await askSandbox('proxy-drops-auth-headers', (inventory) => {
      inventory.logs.mlflow = [
        'INFO:     203.0.113.9:4000 - "GET /api/2.0/mlflow/experiments/search HTTP/1.1" 401 Unauthorized',
      ];
    });

    expect(finding.verdict).toBe('unknown');
  });

  test('a health check that fails because nothing answers is not taken for a wrong path', async () => {
    expect(await askSandbox('health-check-mismatch', broken('api-tasks-stopped'))).toMatchObject({
      verdict: 'refuted',
    });
    expect(await askSandbox('health-check-mismatch', broken('api-tasks-unreachable'))).toMatchObject({
      verdict: 'unknown',
    });
  });

  test('values of variables are never in a line', async () => {
    const value = 'postgresql://mlflow:made-up-password@db/mlflow';
    for (const id of askableIds) {
      const { line } = await askSandbox(id, ({ services }) => {
        for (const service of Object.values(services)) {
          service.environment = { ...service.environment, BACKEND_STORE_URI: value };
          service.command = ['mlflow', 'server', '--backend-store-uri', value];
        }
      });
      expect(line).not.toContain('made-up-password');
    }
  });
});
