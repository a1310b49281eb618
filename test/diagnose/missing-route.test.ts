import { describe, expect, it } from 'vitest';
import { marksOf } from '../../src/classify/fingerprint.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { AttemptOutcome, Outcome } from '../../src/model/report.ts';
import { allPass, observations, targets } from './observations.ts';

interface Look {
  readonly by: 'application' | 'unknown';
  readonly server: string;
  readonly type: 'application/json' | 'text/html';
}

const json = (server: string): Look => ({ by: 'application', server, type: 'application/json' });
const page = (server: string): Look => ({ by: 'unknown', server, type: 'text/html' });

/** The API answers with JSON under this name. These paths give a 404 that looks like this. */
const diagnosisOf = (server: string, missing: readonly string[], look: Look): Diagnosis => {
  const seen = observations(
    allPass(Object.fromEntries(missing.map((id) => [id, ['route-not-found', look.by] as const]))),
  );
  const looked = <T extends AttemptOutcome>(one: T): T => {
    const isMissing = one.failureMode !== null;
    const { by, ...shown } = isMissing ? look : json(server);
    const marks = marksOf({ server: shown.server, 'content-type': shown.type });
    return {
      ...one,
      answeredBy: by,
      marks,
      httpStatus: isMissing ? 404 : 200,
      fingerprint: `${isMissing} ${shown.type}`,
    };
  };
  const outcomes = seen.outcomes.map((one): Outcome => ({ ...looked(one), attempts: one.attempts.map(looked) }));
  return diagnose({ ...seen, outcomes, registration: null }, targets);
};

const isSure = ({ hypotheses }: Diagnosis): boolean => hypotheses.some(({ probability }) => probability >= 0.8);

describe('a path that the API itself does not know, while it answers others', () => {
  it.each(
    ['', 'uvicorn', 'envoy'].flatMap((server) =>
      ['api.v1-health', 'api.health', 'api.root', 'registry.health', 'registry.api-health'].map((id) => [id, server]),
    ),
  )('is no rule that leads elsewhere: %s, server “%s”', (id = '', server = '') => {
    const { faults, unexplained } = diagnosisOf(server, [id], json(server));

    expect({ faults, unexplained }).toEqual({ faults: [], unexplained: [id] });
  });

  it.each(['api.v1-health', 'api.health', 'api.root'])('may be a rule if its page has no sender: %s', (id) => {
    expect(isSure(diagnosisOf('', [id], page('')))).toBe(false);
  });

  it.each([json(''), page('')])('leaves a release without all health routes possible: %o', (look) => {
    expect(isSure(diagnosisOf('', ['api.health', 'api.v1-health'], look))).toBe(false);
  });
});

it.each(['gunicorn', 'hypercorn', 'waitress'])(
  'another server on the same paths is another application: %s',
  (server) => {
    const { faults } = diagnosisOf('uvicorn', ['api.health', 'api.v1-health'], json(server));

    expect(faults).toEqual([['alb-wrong-target-group']]);
  },
);

it('a host that answers most paths with 404 may be led to another application with the same server', () => {
  const missing = targets
    .filter(({ id, enabled }) => enabled && /^registry\.(mlflow-|cors)/.test(id))
    .map(({ id }) => id);
  const { faults } = diagnosisOf('uvicorn', [...missing, 'registry.api-health'], json('uvicorn'));

  expect(faults.flat()).toContain('alb-wrong-target-group');
});
