import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { placedVariants } from '../../src/diagnose/placed-variants.ts';
import { predict } from '../../src/diagnose/predict.ts';
import { probedRequestOf, probedRequestOfStep } from '../../src/diagnose/probed-request.ts';
import type { Symptom } from '../../src/model/hypothesis.ts';
import { stepIds } from '../../src/platform/flow-steps.ts';
import { allPass, flapping, observations, type Seen, targets } from './observations.ts';

/** mulberry32: the same cycles in each run. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const requests = [
  ...targets.filter(({ enabled }) => enabled).map(probedRequestOf),
  ...stepIds.map((id) => probedRequestOfStep(id, 'bearer')),
];

const pick = <T>(random: () => number, among: readonly (readonly [T, number])[]): T | null => {
  let left = random() * among.reduce((sum, [, share]) => sum + share, 0);
  for (const [value, share] of among) {
    left -= share;
    if (left <= 0) return value;
  }
  return null;
};

/** A cycle under one fault, drawn by the priors, as the catalogue itself expects it to look. */
const cycleOf = (random: () => number) => {
  const one = pick(
    random,
    placedVariants.map((each) => [each, each.prior] as const),
  );
  if (one === null) throw new Error('no case');
  const seen: Record<string, Seen> = {};
  let stopped = false;
  for (const crossing of requests) {
    const isStep = crossing.id.startsWith('registration.');
    // What comes after a step that failed is skipped.
    if (isStep && stopped) continue;
    const shows = predict(one, crossing)?.shows ?? { pass: 1 };
    const symptom = pick(random, Object.entries(shows) as [Symptom, number][]) ?? 'pass';
    seen[crossing.id] = symptom;
    if (isStep && symptom !== 'pass') stopped = true;
  }
  return { hypothesis: one.cause, seen: observations(seen) };
};

describe('probabilities', () => {
  it('are calibrated: among diagnoses with a given probability, that share is right', () => {
    const random = randomFrom(20_251_121);
    const buckets = new Map<number, { said: number; true: number; all: number }>();
    let named = 0;
    let diagnosed = 0;
    for (let i = 0; i < 1_500; i += 1) {
      const { hypothesis, seen } = cycleOf(random);
      const { hypotheses: candidates, faults } = diagnose(seen, targets);
      if (faults.length === 0) continue;
      diagnosed += 1;
      if (faults.flat().some((id) => id === hypothesis)) named += 1;
      for (const { id, probability } of candidates) {
        const bucket = Math.min(4, Math.floor(probability * 5));
        const { said, true: right, all } = buckets.get(bucket) ?? { said: 0, true: 0, all: 0 };
        buckets.set(bucket, { said: said + probability, true: right + Number(id === hypothesis), all: all + 1 });
      }
    }
    expect(named / diagnosed).toBeGreaterThan(0.95);
    for (const [bucket, { said, true: right, all }] of buckets)
      expect(Math.abs(said - right) / all, `${bucket}: said ${said / all}, true ${right / all} of ${all}`).toBeLessThan(
        0.12,
      );
  });
});

describe('noise', () => {
  const ids = Object.keys(allPass());

  it('a single failure of any one request is not a fault', () => {
    for (const id of ids.filter((each) => !each.startsWith('registration.'))) {
      expect(diagnose(flapping(allPass(), id, 'response-timeout'), targets).status, id).toBe('healthy');
    }
  });

  it('a single lost request changes no diagnosis', () => {
    const refused = ['upstream-unreachable', 'application'] as const;
    const fault = allPass({
      'registry.mlflow-proxy-health': refused,
      'registry.mlflow-proxy-version': refused,
      'registry.mlflow-proxy-search': refused,
      'registry.mlflow-proxy-search-x-api-key': refused,
      'registry.mlflow-api-search': refused,
    });
    const whole = diagnose(observations(fault), targets);
    for (const id of ids) {
      const { [id]: _, ...rest } = fault;
      expect(diagnose(observations(rest), targets).faults[0]?.[0], id).toBe(whole.faults[0]?.[0]);
    }
  });
});
