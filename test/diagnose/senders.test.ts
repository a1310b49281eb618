import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { withSenders } from '../../src/diagnose/senders.ts';
import { isSymptom } from '../../src/model/predicates.ts';
import type { Outcome } from '../../src/model/report.ts';
import { requests, type Seen } from '../../src/model/requests.ts';
import { allPass, observations, targets } from './observations.ts';

const recorded = (id: string): Seen =>
  parseReport(readFileSync(join(import.meta.dirname, `../evidence/${id}.json`), 'utf8')).report;

const failing = (seen: Seen): readonly string[] => [
  ...new Set(
    requests(seen)
      .filter(isSymptom)
      .map(({ hop, answeredBy }) => `${answeredBy} at ${hop}`),
  ),
];

describe('a failure that something in front of the application reports is placed there', () => {
  it.each([
    'third-gateway-403-json-on-writes',
    'third-gateway-basic-auth',
    'third-gateway-body-limit',
    'third-registry-sso-redirect',
    'third-waf-denies-put',
  ])('%s', (id) => {
    expect(failing(withSenders(recorded(id), targets))).toEqual(['unknown at rule']);
  });
});

it.each([
  { id: 'third-read-only-key', at: 'application at key-check' },
  { id: 'third-mlflow-basic-auth', at: 'mlflow at mlflow' },
  { id: 'eighth-api-deploy-max-body-64', at: 'application at api' },
  { id: 'eighth-rolling-deploy-stuck-one-two', at: 'application at api' },
])('$id: a refusal by the application itself is placed at the application', ({ id, at }) => {
  expect(failing(withSenders(recorded(id), targets))).toContain(at);
});

const summaries = (seen: Seen): string =>
  requests(withSenders(seen, targets))
    .filter(isSymptom)
    .map(({ evidence }) => evidence.summary)
    .join('\n');

it('the summary names the sender that the comparison shows: a gateway', () => {
  const said = summaries(recorded('third-gateway-403-json-on-writes'));

  expect(said).toContain('403 by something unknown: Forbidden');
  expect(said).not.toContain('403 by the application');
});

it('the summary names the sender that the comparison shows: a Flask application that is not MLflow', () => {
  const id = 'registry.mlflow-proxy-search';
  const seen = observations(allPass({ [id]: ['route-not-found', 'mlflow'] }));
  const outcomes = seen.outcomes.map((one): Outcome => {
    const isOfAuth = one.host === 'auth' || one.target === id;
    const written = {
      ...one,
      answeredBy: one.host === 'auth' ? 'application' : 'mlflow',
      httpStatus: one.target === id ? 404 : 200,
      fingerprint: isOfAuth ? 'gunicorn' : 'uvicorn',
      marks: { server: isOfAuth ? 'gunicorn' : 'uvicorn', type: 'text/html' },
    } as const;
    return one.target === id
      ? {
          ...written,
          phase: 'assertion',
          hop: 'mlflow',
          evidence: { ...one.evidence, summary: '404 by MLflow: Not Found' },
        }
      : written;
  });

  expect(summaries({ ...seen, outcomes })).toBe('404 by the application: Not Found');
});

describe('a 404 without a server’s name', () => {
  /** The auth service’s routes are not found; one route may answer. */
  const nameless = (answering: string | null): Seen => {
    const { outcomes, ...rest } = observations(allPass());
    const page = { answeredBy: 'application', fingerprint: 'page', marks: { server: '', type: 'text/html' } } as const;
    const missing = { status: 'fail', failureMode: 'route-not-found', httpStatus: 404, phase: 'assertion' } as const;
    const isOfAuth = ({ target, host }: Outcome): boolean =>
      host === 'auth' && !/(dns|certificate|redirect)$/.test(target);
    return {
      ...rest,
      outcomes: outcomes
        .filter(isOfAuth)
        .map((one) =>
          one.target === answering
            ? { ...one, ...page, httpStatus: 200 }
            : { ...one, ...page, ...missing, hop: 'auth' },
        ),
    };
  };

  it('may be a balancer’s page if the host answers nothing else', () => {
    expect(failing(withSenders(nameless(null), targets))).toEqual(['unknown at rule']);
  });

  it('is the application’s if it answers other routes without a name, too', () => {
    expect(failing(withSenders(nameless('auth.health'), targets))).toEqual(['application at auth']);
  });
});

it('the diagnosis of placed results is the same', () => {
  const seen = recorded('third-gateway-basic-auth');
  const { paths: _, ...diagnosis } = diagnose(withSenders(seen, targets), targets);
  expect(diagnose(seen, targets)).toMatchObject(diagnosis);
});
