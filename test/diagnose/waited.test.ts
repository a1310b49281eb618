import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Answerer } from '../../src/model/answerers.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { ToldCause } from '../../src/model/told-causes.ts';
import { allPass, observations, targets } from './observations.ts';

/** Every request to the API behind these hosts fails so, after this long. The flow is not run. */
const namedWhen = (
  hosts: readonly string[],
  [mode, by]: readonly [FailureMode, Answerer],
  processing: number,
): readonly string[] => {
  const lost = targets
    .filter(
      ({ kind, hops, role, enabled }) =>
        enabled && kind === 'http' && hops.includes('api') && hosts.includes(`${role}`),
    )
    .map(({ id }) => [id, [mode, by]] as const);
  const seen = Object.entries(allPass(Object.fromEntries(lost))).filter(([id]) => !id.startsWith('registration.'));
  const { outcomes, ...rest } = observations(Object.fromEntries(seen));
  const timed = outcomes.map((one) => {
    const late = { ...one, timingsMs: { ...one.timingsMs, processing } };
    return { ...late, attempts: [late, late] };
  });
  return diagnose({ ...rest, outcomes: timed }, targets).faults.flat();
};

const both = ['registry', 'api'];
const firewall = 'security-group-blocking';

describe('a balancer that waited for its tasks may have met a firewall', () => {
  it.each([
    ['lb-bad-gateway', 'unknown', 10_010],
    ['lb-bad-gateway', 'nginx', 5_000],
    ['lb-no-target', 'unknown', 3_500],
    ['lb-gateway-timeout', 'balancer', 10_000],
  ] as const)('%s by %s after %d ms', (mode, by, ms) => {
    expect(namedWhen(both, [mode, by], ms)).toContain(firewall);
  });

  it('a 502 at once, or after the second tries of HAProxy, is a refused connection', () => {
    expect(namedWhen(both, ['lb-bad-gateway', 'unknown'], 30)).not.toContain(firewall);
    expect(namedWhen(both, ['lb-bad-gateway', 'unknown'], 3_050)).not.toContain(firewall);
  });
});

describe('a balancer that has no healthy task left does not wait', () => {
  it('and does not show whether a firewall stands before the tasks', () => {
    expect(namedWhen(both, ['lb-no-target', 'unknown'], 30).toSorted()).toEqual([
      'api-service-unhealthy',
      'health-check-mismatch',
      firewall,
    ]);
  });

  it('AWS’s tries unhealthy tasks, so its 503 shows that none is registered', () => {
    expect(namedWhen(both, ['lb-no-target', 'balancer'], 30)).not.toContain(firewall);
  });

  it('nor whether one stands between the tasks and one of two balancers', () => {
    expect(namedWhen(['registry'], ['lb-no-target', 'unknown'], 30)).toContain(firewall);
  });
});

describe('an API that waited for MLflow', () => {
  const namedAfter = (processing: number, cause: ToldCause | null): readonly string[] => {
    const lost = targets
      .filter(
        ({ hops, enabled, id }) =>
          enabled && hops.includes('proxy-route') && hops.includes('mlflow') && !/no-key|made-up/.test(id),
      )
      .map(({ id }) => [id, ['upstream-unreachable', 'application']] as const);
    const seen = Object.entries(allPass(Object.fromEntries(lost))).filter(([id]) => !id.startsWith('registration.'));
    const { outcomes, ...rest } = observations(Object.fromEntries(seen));
    const timed = outcomes.map((one) => {
      const late = { ...one, cause: one.status === 'fail' ? cause : null, timingsMs: { ...one.timingsMs, processing } };
      return { ...late, attempts: [late, late] };
    });
    return diagnose({ ...rest, outcomes: timed }, targets).faults.flat();
  };

  it('got no answer from its address, though it says 502', () => {
    expect(namedAfter(4_000, null)).toEqual(['mlflow-unreachable-from-api']);
  });

  it('may have found no name if it says 502 at once, or says so', () => {
    expect(namedAfter(40, null)).toContain('service-discovery-broken');
    expect(namedAfter(5_000, 'name-not-found')).toEqual(['service-discovery-broken']);
  });
});
