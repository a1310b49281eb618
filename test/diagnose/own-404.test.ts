import { expect, it } from 'vitest';
import { marksOf } from '../../src/classify/fingerprint.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { Outcome, StepOutcome } from '../../src/model/report.ts';
import { cycle, type Look } from './looks.ts';
import { targets } from './observations.ts';

const elsewhere = targets
  .filter(({ kind, role, enabled }) => kind === 'http' && role === 'registry' && enabled)
  .filter(({ id }) => /mlflow-(proxy|api)|api-health|cors/.test(id))
  .map(({ id }) => id);

const skipped = (step: StepOutcome): StepOutcome => ({
  ...step,
  status: 'skipped',
  answeredBy: null,
  httpStatus: null,
});

/** The paths below /api get a short 404 of this server, and the API names none. */
const diagnosed = (server: string, redirecting: string): Diagnosis => {
  const look: Look = { status: 404, headers: { server, 'content-type': 'text/plain' }, fingerprint: 'short' };
  const seen = cycle(
    undefined,
    Object.fromEntries([...elsewhere, 'registration.credentials'].map((id) => [id, ['route-not-found', 'unknown']])),
    () => look,
  );
  const outcomes = seen.outcomes.map(
    (one): Outcome =>
      one.target === 'registry.http-redirect' ? { ...one, marks: marksOf({ server: redirecting }) } : one,
  );
  const steps = seen.registration?.steps.map((one) => (one.id === 'credentials' ? one : skipped(one))) ?? [];
  return diagnose({ ...seen, outcomes, registration: seen.registration && { ...seen.registration, steps } }, targets);
};

it('a short 404 by the server that redirects from port 80 is a missing rule of the balancer', () => {
  const { faults, hypotheses } = diagnosed('Caddy', 'Caddy');
  expect(faults).toEqual([['alb-routing-misconfigured']]);
  // Another server of the same name may stand behind it.
  expect(hypotheses[0]?.probability).toBeLessThan(0.8);
});

it('a short 404 by a server that no other response names is another application’s', () => {
  expect(diagnosed('Jetty', 'Caddy').faults).toEqual([['alb-wrong-target-group']]);
});
