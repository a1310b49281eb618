import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { stepIds } from '../../src/platform/flow-steps.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { allPass, observations, type Seen, targets } from './observations.ts';

type Failures = Readonly<Record<string, Seen>>;

/** Few failures each, so that one unknown cause of everything is likely. */
const faults = {
  'a key without the write scope': { 'registration.create-run': ['forbidden', 'application'] },
  'one route of api.hokus.ai that another application answers': { 'api.v1-health': ['route-not-found', 'unknown'] },
  'platform.hokus.ai without a rule': {
    'platform.root': ['lb-no-route', 'unknown'],
  },
  'an API that garbles one response': { 'registry.root': ['unexpected-body', 'application'] },
} as const satisfies Readonly<Record<string, Failures>>;

type Fault = keyof typeof faults;

/** Everything else passes. The flow ends at its first failure. */
const diagnosisOf = (...broken: readonly Fault[]): Diagnosis => {
  const but: Failures = Object.assign({}, ...broken.map((one) => faults[one]));
  const end = stepIds.findIndex((id) => but[`registration.${id}`] !== undefined);
  const after = new Set(end === -1 ? [] : stepIds.slice(end + 1).map((id) => `registration.${id}`));
  const seen = Object.entries(allPass(but)).filter(([id]) => !after.has(id));
  return diagnose(observations(Object.fromEntries(seen)), targets);
};

interface Case {
  readonly broken: readonly Fault[];
  readonly named: readonly (readonly [HypothesisId, number])[];
  readonly unexplained?: readonly string[];
}

const scope = 'a key without the write scope';
const route = 'one route of api.hokus.ai that another application answers';
const rule = 'platform.hokus.ai without a rule';
const garbled = 'an API that garbles one response';

/** Probabilities in whole percent. */
const cases: readonly Case[] = [
  { broken: [scope], named: [['write-scope-missing', 99]] },
  { broken: [route], named: [['alb-wrong-target-group', 79]] },
  {
    broken: [scope, route],
    named: [
      ['write-scope-missing', 88],
      ['alb-wrong-target-group', 79],
    ],
  },
  { broken: [garbled], named: [], unexplained: ['registry.root'] },
  // The unknown cause is in another service.
  { broken: [garbled, rule], named: [['alb-routing-misconfigured', 79]], unexplained: ['registry.root'] },
  // The unknown cause is in the API, which also refuses the write.
  { broken: [garbled, scope], named: [], unexplained: ['registry.root', 'registration.create-run'] },
];

describe('faults that fail different hosts are named as when each is alone', () => {
  it.each(cases)('$broken', ({ broken, named, unexplained = [] }) => {
    const { faults, hypotheses, unexplained: left } = diagnosisOf(...broken);
    const leaders = faults.flatMap((tie, fault) =>
      hypotheses
        .filter((one) => one.fault === fault && tie.includes(one.id))
        .map(({ id, probability }) => [id, Math.round(100 * probability)]),
    );
    expect({ leaders, left }).toEqual({ leaders: named, left: unexplained });
  });
});
