import { describe, expect, test } from 'vitest';
import { withFindings } from '../../src/diagnose/findings.ts';
import type { AwsFinding } from '../../src/model/aws-confirmation.ts';
import type { Candidate, Diagnosis } from '../../src/model/diagnosis.ts';
import { type HypothesisId, hypotheses } from '../../src/platform/hypotheses.ts';
import { finding } from './aws-finding.ts';

const candidate = (id: HypothesisId, probability: number, fault = 0): Candidate => ({
  id,
  fault,
  probability,
  explains: ['registry.root'],
  contradicts: [],
  hop: hypotheses[id].hop,
  hosts: ['registry'],
});

const tie: Diagnosis = {
  status: 'ambiguous',
  hypotheses: [
    candidate('api-service-unhealthy', 0.5),
    candidate('health-check-mismatch', 0.3),
    candidate('backend-tls-mismatch', 0.05),
  ],
  faults: [['api-service-unhealthy', 'health-check-mismatch']],
  unexplained: [],
  paths: [],
};

const weighed = (findings: readonly AwsFinding[], diagnosis = tie): Diagnosis =>
  withFindings({ diagnosis, outcomes: [], registration: null }, [], findings);

describe('an answer of AWS', () => {
  test('that confirms a member of a tie names it alone', () => {
    const { status, faults, hypotheses: left } = weighed([finding('health-check-mismatch', 'confirmed')]);

    expect({ status, faults }).toEqual({ status: 'match', faults: [['health-check-mismatch']] });
    expect(left[0]).toMatchObject({ id: 'health-check-mismatch', probability: expect.closeTo(0.997, 2) });
  });

  test('that refutes the leader leaves the other member', () => {
    const { status, faults } = weighed([finding('api-service-unhealthy', 'refuted')]);

    expect({ status, faults }).toEqual({ status: 'match', faults: [['health-check-mismatch']] });
  });

  test('that decides nothing changes nothing', () => {
    expect(weighed([finding('api-service-unhealthy', 'unknown'), finding('health-check-mismatch', 'unknown')])).toBe(
      tie,
    );
  });

  test('that confirms two leaves both', () => {
    const both = [finding('api-service-unhealthy', 'confirmed'), finding('health-check-mismatch', 'confirmed')];

    expect(weighed(both).faults).toEqual([['api-service-unhealthy', 'health-check-mismatch']]);
  });

  test('that refutes every member does not promote what is less likely than an unknown cause', () => {
    const all = [finding('api-service-unhealthy', 'refuted'), finding('health-check-mismatch', 'refuted')];
    const { status, faults, unexplained } = weighed(all);

    expect({ status, faults, unexplained }).toEqual({ status: 'no-match', faults: [], unexplained: ['registry.root'] });
  });

  test('may confirm what was not ruled out', () => {
    expect(weighed([finding('backend-tls-mismatch', 'confirmed')]).faults).toEqual([['backend-tls-mismatch']]);
  });

  test('may name a cause that nothing showed from outside', () => {
    const findings = [
      finding('api-service-unhealthy', 'refuted'),
      finding('health-check-mismatch', 'refuted'),
      finding('security-group-blocking', 'confirmed'),
    ];
    const { faults, hypotheses: left } = weighed(findings);

    expect(faults).toEqual([['security-group-blocking']]);
    expect(left[0]).toMatchObject({ id: 'security-group-blocking', hop: 'listener', explains: ['registry.root'] });
  });

  test('about one fault leaves another alone, and a fault without a cause loses its place', () => {
    const two: Diagnosis = {
      ...tie,
      hypotheses: [...tie.hypotheses, candidate('cors-misconfigured', 0.95, 1)],
      faults: [...tie.faults, ['cors-misconfigured']],
    };
    const all = [finding('api-service-unhealthy', 'refuted'), finding('health-check-mismatch', 'refuted')];
    const { faults, hypotheses: left } = weighed(all, two);

    expect(faults).toEqual([['cors-misconfigured']]);
    expect(left.map(({ id, fault }) => [id, fault])).toEqual([['cors-misconfigured', 0]]);
  });
});
