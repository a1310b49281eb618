import { describe, expect, it } from 'vitest';
import { diagnoseKnown } from '../../src/diagnose/still-failing.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { Seen } from '../../src/model/requests.ts';
import { allPass, observations, targets } from './observations.ts';

const old = ['platform.root', 'platform.certificate'];
const isNew = 'registry.http-redirect';

/** The platform's certificate failed when the baseline was recorded; a redirect fails since. */
const seen = (known: readonly string[], stillFailing: boolean, more: Partial<Seen> = {}): Seen => {
  const all = observations(
    allPass({ ...Object.fromEntries(old.map((id) => [id, 'tls-expired'])), [isNew]: 'forbidden' }),
  );
  const outcomes = all.outcomes.map(
    (one): Outcome => (known.includes(one.target) ? { ...one, known: true, stillFailing } : one),
  );
  return { ...all, outcomes, registration: null, ...more };
};

describe('known failures that remain to be repaired', () => {
  it('have a diagnosis of their own, as if they were new and nothing else failed', () => {
    const { stillFailing } = diagnoseKnown(seen(old, true), targets, null);

    expect(stillFailing?.requests).toEqual(old);
    expect(stillFailing?.diagnosis).toMatchObject({ faults: [['tls-certificate-invalid']], unexplained: [] });
    expect(stillFailing?.diagnosis.hypotheses[0]?.explains).toEqual(old);
  });

  it.each<readonly [string, Seen]>([
    ['nothing is known', seen([], true)],
    ['the known failures are meant to be so', seen(old, false)],
    ['the prober is blind', seen(old, true, { blind: { phase: 'connect', control: null } })],
  ])('have none while %s', (_, without) => {
    expect(diagnoseKnown(without, targets, null)).toEqual({});
  });

  it('are diagnosed whatever is wrong with the baseline', () => {
    const baselineDoubt = { changes: [], unsure: old, renew: 'hokusai-synthetics check' };
    const { stillFailing } = diagnoseKnown(seen(old, true, { baselineDoubt }), targets, null);

    expect(stillFailing?.diagnosis.faults).toEqual([['tls-certificate-invalid']]);
  });
});
