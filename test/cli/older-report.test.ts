import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import type { Answerer } from '../../src/model/answerers.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Report } from '../../src/model/report.ts';
import type { ToldCause } from '../../src/model/told-causes.ts';
import { renderJson } from '../../src/report/json.ts';
import { flow, outcome, report, step } from '../metrics/reports.ts';

const findings = ['cause', 'dependencies', 'fingerprint'];

/** A report as earlier versions saved it. */
const older = (mode: FailureMode, body: string | null, summary: string): string => {
  const failing = { failureMode: mode, evidence: { ...outcome('x', 'fail').evidence, body, summary } };
  const whole = { ...outcome('registry.root', 'fail'), ...failing };
  const now = report([{ ...whole, attempts: [whole] }], {
    registration: flow([{ ...step('create-run', 'fail'), ...failing }]),
  });
  return JSON.stringify(JSON.parse(renderJson(now)), (key, value: unknown) =>
    findings.includes(key) ? undefined : value,
  );
};

interface Saved {
  readonly mode: FailureMode;
  readonly body: string | null;
  readonly summary: string;
  readonly cause: ToldCause | null;
}

const cases: Readonly<Record<string, Saved>> = {
  'by the start of the answer': {
    mode: 'database-error',
    body: '{"message":"FATAL:  sorry, too many clients already"}',
    summary: '500 by MLflow',
    cause: 'no-connection-left',
  },
  'by our sentence, where no answer was kept': {
    mode: 'upstream-unavailable',
    body: null,
    summary: '503 by the application: circuit breaker open',
    cause: 'breaker-open',
  },
  'by the one dependency that our sentence names': {
    mode: 'dependency-unhealthy',
    body: '{"status":"degraded","redis":"down"}',
    summary: '200 by the application: says degraded, because of redis',
    cause: 'names-redis',
  },
  'by none of several dependencies': {
    mode: 'dependency-unhealthy',
    body: null,
    summary: '200 by the application: says degraded, because of redis, database',
    cause: null,
  },
  'by no path that the response repeats': {
    mode: 'server-error',
    body: '{"error":"Internal Server Error","path":"/api/mlflow/health"}',
    summary: '500 by the application',
    cause: null,
  },
  'by nothing else': { mode: 'route-not-found', body: 'too many clients', summary: '', cause: null },
};

describe('a report from an earlier version, without recorded causes', () => {
  it.each(Object.entries(cases))(
    'gets the cause that the earlier version worked out: %s',
    (_, { mode, body, summary, cause }) => {
      const read = parseReport(older(mode, body, summary));
      const [target] = read.report.outcomes;

      expect(read.unused).toEqual([]);
      for (const one of [target, target?.attempts[0], read.report.registration?.steps[0]])
        expect(one).toMatchObject({ cause, dependencies: [], fingerprint: null });
    },
  );

  it('keeps the recorded causes if it has any, whatever else is in it', () => {
    const failing = outcome('registry.root', 'fail', { failureMode: 'database-error' });
    const told = {
      ...failing,
      cause: 'disk-full',
      dependencies: [{ name: 'redis', state: 'degraded' }],
      fingerprint: '0123456789ab',
      evidence: { ...failing.evidence, body: 'too many clients' },
    } as const;
    const [read] = parseReport(renderJson(report([told]) satisfies Report)).report.outcomes;

    expect(read).toMatchObject({ cause: 'disk-full', dependencies: told.dependencies, fingerprint: '0123456789ab' });
  });
});

describe('a saved report whose words this version knows and the version that saved it did not', () => {
  const saved = (failureMode: FailureMode, answeredBy: Answerer, body: string): string => {
    const failing = { failureMode, answeredBy, httpStatus: 401, cause: null };
    const whole = { ...outcome('registry.root', 'fail'), ...failing };
    const evidence = { ...whole.evidence, body };
    return renderJson(report([{ ...whole, evidence, attempts: [{ ...whole, evidence }] }]));
  };

  const rejected = { mode: 'auth-rejected', by: 'application', reads: { failureMode: 'auth-rejected' } } as const;
  const readAgain = {
    'a key that did not arrive': { ...rejected, body: 'credentials_missing', reads: { failureMode: 'auth-missing' } },
    'a key that arrived': { ...rejected, body: 'The key was revoked.' },
    'MLflow’s refusal': { ...rejected, by: 'mlflow', body: 'You are not authenticated.' },
    'a handshake': {
      mode: 'server-error',
      by: 'unknown',
      body: 'Error during SSL Handshake',
      reads: { failureMode: 'server-error', cause: 'tls-mismatch' },
    },
  } as const;

  it.each(Object.entries(readAgain))('is read again: %s', (_, { mode, by, body, reads }) => {
    const [target] = parseReport(saved(mode, by, body)).report.outcomes;

    for (const one of [target, target?.attempts[0]]) expect(one).toMatchObject(reads);
  });
});
