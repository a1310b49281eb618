import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { type StepId, stepIds } from '../../src/platform/flow-steps.ts';
import { allPass, observations, type Seen, targets } from './observations.ts';

/** The flow ends at its first failure. */
const endingAt = (step: StepId, seen: Seen, elsewhere: Readonly<Record<string, Seen>> = {}) => {
  const skipped = new Set(stepIds.slice(stepIds.indexOf(step) + 1).map((id) => `registration.${id}`));
  const all = Object.entries(allPass({ ...elsewhere, [`registration.${step}`]: seen }));
  return diagnose(observations(Object.fromEntries(all.filter(([id]) => !skipped.has(id)))), targets);
};

it.each<readonly [string, StepId, Seen]>([
  ['MLflow’s server fails at an upload without a reason', 'upload-artifacts', ['server-error', 'unknown']],
  ['the API passes on that artifacts are not served', 'upload-artifacts', ['upstream-unavailable', 'application']],
])('%s: the artifact store is named, without confidence', (_, step, seen) => {
  const { faults, hypotheses } = endingAt(step, seen);
  expect(faults).toEqual([['artifact-store-failing']]);
  expect(hypotheses[0]?.probability).toBeLessThan(0.8);
});

it('a failing upload is named beside a fault on another host', () => {
  const gone = targets.filter(({ id, enabled }) => enabled && id.startsWith('platform.'));
  const elsewhere = Object.fromEntries(gone.map(({ id }): readonly [string, Seen] => [id, 'dns-nxdomain']));
  const { faults } = endingAt('upload-artifacts', ['server-error', 'unknown'], elsewhere);
  expect(faults).toEqual([['dns-misconfigured'], ['artifact-store-failing']]);
});

it('the same failure when a run is created is not about artifacts', () => {
  expect(endingAt('create-run', ['server-error', 'unknown']).faults.flat()).not.toContain('artifact-store-failing');
});
