import { describe, expect, it, test } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { cycleOf } from '../../src/incidents/cycle-of.ts';
import type { Report } from '../../src/model/report.ts';
import { placesToLook } from '../../src/wording/places.ts';
import { allPass, observations, type Seen, targets } from '../diagnose/observations.ts';
import { cleanup, report } from '../metrics/reports.ts';

/** A cycle in which all is well but for what is given, diagnosed. */
const cycle = (but: Readonly<Record<string, Seen>>, rest: Partial<Report> = {}): Report => {
  // After a step that fails the others are not asked.
  const stops = Object.keys(but).some((id) => id.startsWith('registration.'));
  const asked = Object.entries(allPass(but)).filter(
    ([id]) => !stops || !id.startsWith('registration.') || Object.hasOwn(but, id),
  );
  const seen = observations(Object.fromEntries(asked));
  return report(seen.outcomes, {
    ...seen,
    verdict: 'failing',
    diagnosis: diagnose(seen, targets),
    ...rest,
  });
};

const seenIn = (found: Report, rules = {}) => cycleOf(found, targets, rules);

const away = ['upstream-unreachable', 'application'] as const;
const discovery = {
  'registry.mlflow-proxy-health': away,
  'registry.mlflow-proxy-version': away,
  'registry.mlflow-proxy-search': away,
  'registry.mlflow-proxy-search-x-api-key': away,
  'registration.credentials': away,
} as const;

describe('the sightings of a cycle', () => {
  it('are one for one cause, with all its requests, the flow first', () => {
    const { kind, sightings } = seenIn(cycle(discovery));
    expect(kind).toBe('seen');
    expect(sightings).toHaveLength(1);
    const [sighting] = sightings;
    expect(sighting?.causes.map(({ id }) => id)).toContain('service-discovery-broken');
    expect(sighting?.affected[0]?.id).toBe('registration.credentials');
    expect(new Set(sighting?.affected.map(({ id }) => id))).toEqual(new Set(Object.keys(discovery)));
    expect(sighting?.path.find(({ hop }) => hop === 'proxy-route')?.state).toBe('works');
  });

  it('are one for each fault, and one for unexplained failures', () => {
    const { sightings } = seenIn(
      cycle({ ...discovery, 'platform.certificate': 'tls-expired', 'platform.root': 'tls-expired' }),
    );
    expect(sightings.map(({ causes }) => causes[0]?.id)).toEqual(
      expect.arrayContaining(['service-discovery-broken', 'tls-certificate-invalid']),
    );
    const strange = cycle({ 'auth.root': 'response-malformed', 'api.root': 'response-too-large' });
    expect(seenIn(strange).sightings).toMatchObject([
      { causes: [], affected: [{ id: 'api.root' }, { id: 'auth.root' }] },
    ]);
  });

  it('keep a recognised cause without a hypothesis, and where it leads a person first', () => {
    const late = ['upstream-timeout', 'application'] as const;
    const { sightings } = seenIn(cycle({ 'registry.mlflow-api-search': late, 'registration.read-registry': late }));
    expect(sightings).toMatchObject([{ causes: [], outside: ['registry-tables-locked'] }]);
    const [{ affected = [], outside } = {}] = sightings;
    expect(placesToLook(affected, outside, 1)).toEqual([expect.stringContaining('the locks in MLflow’s database')]);
    expect(placesToLook(affected, ['of-a-newer-version'], 2)).toEqual(placesToLook(affected, undefined, 2));
  });

  it('adds what is unexplained to the fault whose words it says, and to no other', () => {
    const explains = ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-health'];
    const unexplained = ['api.v1-health', 'platform.root'];
    const found = cycle(Object.fromEntries([...explains, ...unexplained].map((id) => [id, 'auth-unavailable'])));
    const outcomes = found.outcomes.map((one) =>
      [...explains, 'api.v1-health'].includes(one.target) ? { ...one, cause: 'names-auth' as const } : one,
    );
    const auth = { id: 'auth-service-unavailable', fault: 0, probability: 0.9, explains, contradicts: [] } as const;
    const diagnosis: Report['diagnosis'] = {
      status: 'match',
      hypotheses: [{ ...auth, hop: 'key-check', hosts: null }],
      faults: [[auth.id]],
      unexplained,
      paths: [],
    };
    expect(seenIn({ ...found, outcomes, diagnosis }).sightings).toMatchObject([
      {
        causes: [{ id: 'auth-service-unavailable' }],
        affected: expect.arrayContaining([expect.objectContaining({ id: 'api.v1-health' })]),
      },
      { causes: [], affected: [{ id: 'platform.root' }] },
    ]);
  });

  it('include objects left behind, if no other fault covers them', () => {
    const left = cycle({});
    const { registration } = left;
    if (registration === null) throw new Error('the flow ran');
    const found = {
      ...left,
      verdict: 'degraded' as const,
      registration: { ...registration, cleanup: cleanup([{ thing: 'run', id: 'r-1' }]) },
    };
    expect(seenIn(found).sightings).toMatchObject([
      { causes: [], severity: 'notice', affected: [{ id: 'registration.clean-up', failureMode: 'cleanup-failed' }] },
    ]);
  });

  it('include objects left behind next to a fault outside the flow', () => {
    const { registration, ...expired } = cycle({
      'platform.certificate': 'tls-expired',
      'platform.root': 'tls-expired',
    });
    if (registration === null) throw new Error('the flow ran');
    const left = { ...registration, cleanup: cleanup([{ thing: 'run', id: 'r-1' }]) };
    expect(seenIn({ ...expired, registration: left }).sightings).toMatchObject([
      { causes: [{ id: 'tls-certificate-invalid' }] },
      { causes: [], severity: 'notice', affected: [{ id: 'registration.clean-up' }] },
    ]);
  });

  it('leave out objects left behind next to a fault that breaks the flow, because that fault is the reason', () => {
    const { registration, ...broken } = cycle(discovery);
    if (registration === null) throw new Error('the flow ran');
    const left = { ...registration, cleanup: cleanup([{ thing: 'run', id: 'r-1' }]) };
    expect(seenIn({ ...broken, registration: left }).sightings).toHaveLength(1);
  });

  test.each([
    {
      title: 'empty when the monitor is blind',
      rest: { diagnosis: { ...diagnosisOf('monitor-blind') } },
      kind: 'blind',
    },
    { title: 'unusable when the cycle is inconclusive', rest: { verdict: 'inconclusive' }, kind: 'unknown' },
  ] as const)('are $title', ({ rest, kind }) => {
    expect(seenIn(cycle({}, rest))).toMatchObject({ kind, sightings: [] });
  });

  it('count known failures as working', () => {
    const found = cycle({ 'mlflow.root': 'unexpected-status' });
    const known = found.outcomes.map((one) => ({ ...one, known: one.target === 'mlflow.root' }));
    const { passed, sightings } = seenIn({ ...found, outcomes: known, diagnosis: diagnosisOf('healthy') });
    expect(passed).toContain('mlflow.root');
    expect(sightings).toEqual([]);
  });

  it('have the version that most of the API’s health routes report', () => {
    const versions = new Map([
      ['api.health', '2026.6.1'],
      ['registry.health', '2026.6.1'],
      ['registry.api-health', '2026.6.0'],
      ['mlflow.version', '3.9.0'],
    ]);
    const found = cycle({});
    const outcomes = found.outcomes.map((one) => ({
      ...one,
      evidence: { ...one.evidence, version: versions.get(one.target) ?? null },
    }));
    expect(seenIn({ ...found, outcomes }).version).toBe('2026.6.1');
  });
});

function diagnosisOf(status: Report['diagnosis']['status']): Report['diagnosis'] {
  return { status, hypotheses: [], faults: [], unexplained: [], paths: [] };
}

describe('the severity', () => {
  const severity = (but: Readonly<Record<string, Seen>>, rules = {}) =>
    seenIn(cycle(but), rules).sightings[0]?.severity;

  test.each([
    { title: 'is critical when users cannot register models', but: discovery, expected: 'critical' },
    {
      title: "is critical when the clients' own reads fail and the flow did not run",
      but: { 'registry.mlflow-proxy-search': away, 'registry.mlflow-proxy-search-x-api-key': away },
      expected: 'critical',
    },
    {
      title: 'is a warning for a secondary path',
      but: { 'platform.root': ['lb-bad-gateway', 'balancer'] },
      expected: 'warning',
    },
  ] as const)('$title', ({ but, expected }) => {
    expect(severity(but)).toBe(expected);
  });

  it('is the one in the configuration, by target, host or cause', () => {
    const platform = { 'platform.root': ['lb-bad-gateway', 'balancer'] } as const;
    expect(severity(platform, { platform: 'critical' })).toBe('critical');
    expect(severity(platform, { 'platform.root': 'notice' })).toBe('notice');
    expect(severity({ 'registry.cors-preflight': 'cors-rejected' }, { 'cors-misconfigured': 'critical' })).toBe(
      'critical',
    );
  });
});
