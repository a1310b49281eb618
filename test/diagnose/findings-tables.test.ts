import { describe, expect, it, test } from 'vitest';
import { withFindings } from '../../src/diagnose/findings.ts';
import type { AwsFinding } from '../../src/model/aws-confirmation.ts';
import type { Candidate, Diagnosis } from '../../src/model/diagnosis.ts';
import { type HypothesisId, hypotheses } from '../../src/platform/hypotheses.ts';
import { finding } from './aws-finding.ts';
import { observations, targets } from './observations.ts';

type Suspect = readonly [HypothesisId, probability: number];

const unhealthy = 'api-service-unhealthy';
const healthCheck = 'health-check-mismatch';
const backendTls = 'backend-tls-mismatch';
const blocked = 'security-group-blocking';

const candidates = (suspects: readonly Suspect[], fault = 0): readonly Candidate[] =>
  suspects.map(([id, probability]) => ({
    id,
    fault,
    probability,
    explains: fault === 0 ? ['registry.root', 'registry.health'] : ['auth.root'],
    contradicts: ['registry.docs'],
    hop: hypotheses[id].hop,
    hosts: ['registry'],
  }));

const tied: Diagnosis = {
  status: 'ambiguous',
  hypotheses: candidates([
    [unhealthy, 0.4],
    [healthCheck, 0.3],
    [backendTls, 0.2],
  ]),
  faults: [[unhealthy, healthCheck, backendTls]],
  unexplained: ['auth.docs'],
  paths: [],
};

const two: Diagnosis = {
  ...tied,
  hypotheses: [...tied.hypotheses, ...candidates([['cors-misconfigured', 0.9]], 1)],
  faults: [...tied.faults, ['cors-misconfigured']],
};

const failing = observations({
  'registry.root': 'server-error',
  'registry.health': 'server-error',
  'auth.root': 'server-error',
});

const weighed = (diagnosis: Diagnosis, ...findings: readonly AwsFinding[]): Diagnosis =>
  withFindings({ diagnosis, ...failing }, targets, findings);

const shown = ({ hypotheses: all }: Diagnosis): readonly Suspect[] =>
  all.map(({ id, probability }) => [id, Number(probability.toFixed(3))]);

describe('the probabilities after answers that are right in 1,000 of 1,001 cases', () => {
  // Each odds times 1,000 or a thousandth, as a share of the sum with 0.1 for an unknown cause.
  const cases: Readonly<Record<string, readonly [readonly AwsFinding[], readonly Suspect[]]>> = {
    'one refuted: the others share its probability, and it is not named': [
      [finding(unhealthy, 'refuted')],
      [
        [healthCheck, 0.5],
        [backendTls, 0.333],
      ],
    ],
    'the least likely confirmed: it comes first, and the others are not named': [
      [finding(backendTls, 'confirmed'), finding(unhealthy, 'unknown')],
      [[backendTls, 0.996]],
    ],
    'two confirmed: in proportion to what they had': [
      [finding(backendTls, 'confirmed'), finding(unhealthy, 'confirmed')],
      [
        [unhealthy, 0.666],
        [backendTls, 0.333],
      ],
    ],
    'an answer about another fault: unchanged': [
      [finding(unhealthy, 'refuted', 1)],
      [
        [unhealthy, 0.4],
        [healthCheck, 0.3],
        [backendTls, 0.2],
      ],
    ],
  };

  it.each(Object.keys(cases))('%s', (title) => {
    const [findings, expected] = cases[title] ?? [[], []];
    expect(shown(weighed(tied, ...findings))).toEqual(expected);
  });
});

describe('after an answer that refutes a member of a tie', () => {
  test('the others still tie', () => {
    const { status, faults } = weighed(tied, finding(unhealthy, 'refuted'), finding(backendTls, 'unknown'));

    expect({ status, faults }).toEqual({ status: 'ambiguous', faults: [[healthCheck, backendTls]] });
  });

  test('a cause outside the tie does not join it', () => {
    const { status, faults } = weighed({ ...tied, faults: [[unhealthy, healthCheck]] }, finding(unhealthy, 'refuted'));

    expect({ status, faults }).toEqual({ status: 'match', faults: [[healthCheck]] });
  });
});

describe('once every member of the tie is refuted', () => {
  const all = [finding(unhealthy, 'refuted'), finding(healthCheck, 'refuted')];

  test('the likeliest cause that was not ruled out takes over', () => {
    const { status, faults, unexplained } = weighed({ ...tied, faults: [[unhealthy, healthCheck]] }, ...all);

    expect({ status, faults, unexplained }).toEqual({
      status: 'match',
      faults: [[backendTls]],
      unexplained: ['auth.docs'],
    });
  });

  test('its requests are unexplained, each once, without those that another fault explains', () => {
    const refuted = [...all, finding(backendTls, 'refuted')];
    const overlap = two.hypotheses.map((one) => (one.fault === 1 ? { ...one, explains: ['registry.health'] } : one));

    expect(weighed(two, ...refuted).unexplained).toEqual(['auth.docs', 'registry.root', 'registry.health']);
    expect(weighed({ ...two, hypotheses: overlap }, ...refuted).unexplained).toEqual(['auth.docs', 'registry.root']);
  });
});

describe('a confirmed cause that nothing showed from outside', () => {
  test('takes over the requests of the leader, not what contradicts it', () => {
    const [first] = weighed(tied, finding(blocked, 'confirmed')).hypotheses;

    expect(first).toMatchObject({
      id: blocked,
      hop: hypotheses[blocked].hop,
      explains: ['registry.root', 'registry.health'],
      contradicts: [],
      // 0.03, the least that is worth naming, is taken from the 0.1 for an unknown cause.
      probability: expect.closeTo(30 / (30 + 0.9 + 0.07), 4),
    });
  });

  test('belongs to the fault that it was asked about', () => {
    const { faults, status } = weighed(two, finding(blocked, 'confirmed', 1));

    expect(faults).toEqual([[unhealthy, healthCheck, backendTls], [blocked]]);
    expect(status).toBe('ambiguous');
  });

  test('is not named while the answer about it is unclear or no', () => {
    const found = weighed(tied, finding(blocked, 'refuted'), finding(backendTls, 'refuted'));

    expect(found.faults).toEqual([[unhealthy, healthCheck]]);
    expect(shown(found).map(([id]) => id)).toEqual([unhealthy, healthCheck]);
  });

  test('cannot replace a fault that has no hypothesis at all', () => {
    const empty: Diagnosis = { ...tied, hypotheses: [], faults: [[unhealthy]] };

    expect(weighed(empty, finding(blocked, 'confirmed')).faults).toEqual([]);
  });
});

test('the request paths mark the hop of the remaining cause as broken', () => {
  const { paths } = weighed(tied, finding(healthCheck, 'confirmed'));
  const broken = paths.flatMap(({ hops }) => hops.filter(({ state }) => state === 'broken').map(({ hop }) => hop));

  expect(broken).toEqual([hypotheses[healthCheck].hop]);
});
