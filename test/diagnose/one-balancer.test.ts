import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Answerer } from '../../src/model/answerers.ts';
import { stepIds, stepTarget } from '../../src/platform/flow-steps.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { allPass, observations, targets } from './observations.ts';

/** What the balancer of a host forwards to the API. */
const toApi = (host: 'registry' | 'api'): readonly string[] =>
  targets
    .filter(({ enabled, kind, role, hops }) => enabled && kind === 'http' && role === host && hops.includes('api'))
    .map(({ id }) => id);

const probabilities = (
  ids: readonly string[],
  answeredBy: Answerer,
): Readonly<Partial<Record<HypothesisId, number>>> => {
  const steps = ids.some((id) => id.startsWith('registry.')) ? ['registration.credentials'] : stepIds.map(stepTarget);
  const passing = Object.keys(allPass()).filter((id) => !id.startsWith('registration.') || steps.includes(id));
  const failing = [...ids, ...(steps.length === 1 ? steps : [])];
  const seen = passing.map((id) => [
    id,
    failing.includes(id) ? (['lb-no-target', answeredBy] as const) : ('pass' as const),
  ]);
  const { hypotheses } = diagnose(observations(Object.fromEntries(seen)), targets);
  return Object.fromEntries(hypotheses.map(({ id, probability }) => [id, probability]));
};

const senders = ['unknown', 'nginx', 'cdn'] as const;

it.each(senders.flatMap((sender) => (['registry', 'api'] as const).map((host) => [host, sender] as const)))(
  'a firewall before the API’s tasks ties where only the balancer of %s has no target (503 by %s)',
  (host, sender) => {
    const found = probabilities(toApi(host), sender);
    const api = found['api-service-unhealthy'] ?? 0;

    expect(found['security-group-blocking']).toBeGreaterThan(api);
    expect(found['health-check-mismatch']).toBeGreaterThan(api);
    expect(Math.max(...Object.values(found))).toBeLessThan(0.8);
  },
);

it.each(senders)('an API that answers on none of its hosts may not run (503 by %s)', (sender) => {
  const found = probabilities([...toApi('registry'), ...toApi('api')], sender);

  expect(found['api-service-unhealthy']).toBeGreaterThan(0.2);
  expect(found['security-group-blocking']).toBeGreaterThan(0.1);
});

it('AWS’s balancer tries blocked targets and reports a time-out, so its 503 is not a firewall’s', () => {
  expect(probabilities(toApi('registry'), 'balancer')['security-group-blocking']).toBeUndefined();
});
