import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { carriesKey, type Target } from '../../src/model/target.ts';
import { followUpTargets } from '../../src/platform/follow-ups.ts';
import { allPass, diagnosisOf, observations, type Seen, targets } from './observations.ts';

const missing = ['auth-missing', 'application'] as const;
const rejected = ['auth-rejected', 'application'] as const;

const isKeyed = (target: Target, forms: readonly string[]): boolean =>
  target.kind === 'http' && carriesKey(target.auth) && forms.includes(target.auth);

const anyForm = ['bearer', 'x-api-key'];

/** Every request with a key in one of these forms fails in this way at the API, and the flow at its first step. */
const refused = (what: Seen, forms = anyForm, hops: readonly string[] = ['key-check']) => {
  const failing = targets.filter(
    (target) => target.enabled && isKeyed(target, forms) && target.hops.some((hop) => hops.includes(hop)),
  );
  const steps = forms.includes('bearer') ? { 'registration.credentials': what } : {};
  const flow = Object.keys(allPass()).filter((id) => id.startsWith('registration.'));
  const all = Object.entries(allPass()).filter(([id]) => !('registration.credentials' in steps) || !flow.includes(id));
  return { ...Object.fromEntries(all), ...Object.fromEntries(failing.map(({ id }) => [id, what])), ...steps };
};

const search = 'registry.mlflow-proxy-search';
const followUps = followUpTargets(targets);

/** The same with made-up keys in both forms, sent to decide. */
const askedMore = (seen: Readonly<Record<string, Seen>>, what: Seen): Diagnosis => {
  const more = { [`${search}+made-up-bearer`]: what, [`${search}+made-up-x-api-key`]: what };
  const { outcomes } = observations(more, [...targets, ...followUps]);
  const between = ['proxy-drops-auth-headers', 'auth-flow-regression'] as const;
  return diagnose({ ...observations(seen), followUp: { between, outcomes } }, targets);
};

const most = ({ hypotheses }: Diagnosis): number => Math.max(0, ...hypotheses.map(({ probability }) => probability));
const named = ({ faults }: Diagnosis): readonly string[] => faults.flat().toSorted();

describe('an API that asks for a key that was sent', () => {
  const tie = ['auth-flow-regression', 'proxy-drops-auth-headers'];

  it.each([
    ['on every route', refused(missing)],
    ['on every route but its health route', { ...refused(missing), 'registry.api-health': 'pass' as const }],
  ])('does not read it, or the key was lost on the way: %s', (_, seen) => {
    expect(named(diagnosisOf(seen))).toEqual(tie);
    expect(most(diagnosisOf(seen))).toBeLessThan(0.8);
  });

  it('does not pass it on, more likely, if the routes to MLflow alone ask for it', () => {
    const { hypotheses } = diagnosisOf(refused(missing, anyForm, ['proxy-route']));
    expect(hypotheses[0]?.id).toBe('proxy-drops-auth-headers');
  });

  it('leaves both possible when it asks for made-up keys too', () => {
    expect(named(askedMore(refused(missing), missing))).toEqual(tie);
    expect(most(askedMore(refused(missing), missing))).toBeLessThan(0.8);
  });

  it.each([
    ['in the Authorization header', refused(missing, ['bearer'])],
    ['in the X-API-Key header', refused(missing, ['x-api-key'])],
    ['in the Authorization header, in words that we do not know', refused(rejected, ['bearer'])],
    ['in either header, in words that we do not know', refused(rejected)],
  ])('makes nobody sure where it was lost: %s', (_, seen) => {
    const { hypotheses } = diagnosisOf(seen);
    expect(hypotheses.map(({ id }) => id)).toEqual(expect.arrayContaining(tie));
    expect(most(diagnosisOf(seen))).toBeLessThan(0.8);
  });

  it('did not get it if the auth service asks for it as well', () => {
    const seen = { ...refused(missing, anyForm, ['key-check', 'auth']) };
    expect(named(diagnosisOf(seen))).toEqual(['proxy-drops-auth-headers']);
  });
});
