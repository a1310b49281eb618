import { describe, expect, test } from 'vitest';
import { failingIds, summaryLine, warnings } from '../../../src/functions/probe/log-lines.ts';
import { candidate, cleanup, flow, outcome, report, step, stepsWith, stoppedAt } from '../../metrics/reports.ts';

const forbidden = { failureMode: 'forbidden', summary: '403 by the application: scope required' } as const;
const stopped = flow(stoppedAt(step('create-run', 'fail', forbidden)));
const failing = report(
  [outcome('registry.root', 'fail', { failureMode: 'lb-no-route' }), outcome('auth.root', 'pass')],
  {
    verdict: 'failing',
    registration: stopped,
  },
);

describe('the log of a cycle', () => {
  test('has a warning with evidence for each failing target and step, and none for skipped ones', () => {
    const [target, failingStep, ...others] = warnings(failing);

    expect(target).toMatchObject({
      message: expect.stringMatching(/^registry\.root fails: lb-no-route, /),
      data: { target: 'registry.root', failureMode: 'lb-no-route', attempts: [] },
    });
    expect(failingStep).toMatchObject({
      message: 'registration.create-run fails: forbidden, 403 by the application: scope required',
      data: { runId: 'a-run', target: 'registration.create-run', evidence: { summary: forbidden.summary } },
    });
    expect(others).toEqual([]);
  });

  test('uses one name for a failing step in the response to Lambda, in metrics and in a baseline', () => {
    expect(failingIds(failing)).toEqual(['registry.root', 'registration.create-run']);
  });

  test('warns about each object that was left behind, by its full name', () => {
    const left = cleanup([
      { thing: 'registered-model', id: 'hokusai-synthetics-1' },
      { thing: 'run', id: 'a1' },
    ]);
    const found = report([], { registration: flow(stepsWith([]), { status: 'degraded', cleanup: left }) });

    expect(warnings(found)).toEqual([
      {
        message: 'registration left behind: registered-model hokusai-synthetics-1, run a1',
        data: expect.objectContaining({ failureMode: 'cleanup-failed', leftBehind: left.leftBehind }),
      },
    ]);
  });

  test('ends with a summary line, including the result of the flow and its findings', () => {
    const { message, data } = summaryLine(failing, null);

    expect(message).toBe('development is failing: 2 fail, 6 pass, 15 skipped; registration flow: fail');
    expect(data).toMatchObject({
      failing: ['registry.root', 'registration.create-run'],
      known: [],
      registration: { status: 'fail', model: 'hokusai-synthetics-1', leftBehind: 0, readsWork: true },
    });
  });

  test('says when the flow is off, and leaves out targets when only the flow ran', () => {
    expect(summaryLine(report([outcome('auth.root', 'pass')]), null)).toMatchObject({
      message: 'development is healthy: 1 pass',
      data: { registration: 'off' },
    });
    expect(summaryLine(report([], { registration: flow(stepsWith([])) }), null).message).toBe(
      'development is healthy: 21 pass; registration flow: pass',
    );
  });

  test('does not report known failures as failing', () => {
    const known = step('search-model', 'fail', { failureMode: 'forbidden', known: true });
    const found = report([], { registration: flow(stepsWith([known])) });

    expect(warnings(found)).toEqual([]);
    expect(failingIds(found)).toEqual([]);
    expect(summaryLine(found, null).data).toMatchObject({ failing: [], known: ['registration.search-model'] });
  });

  test('names the cause, its probability and any tie', () => {
    const found = report([outcome('registry.root', 'fail', { failureMode: 'lb-bad-gateway' })], {
      verdict: 'failing',
      diagnosis: {
        status: 'ambiguous',
        hypotheses: [candidate('api-service-unhealthy', 0.6123456), candidate('backend-tls-mismatch', 0.3)],
        faults: [['api-service-unhealthy', 'backend-tls-mismatch'], ['api-key-rejected']],
        unexplained: ['auth.root'],
        paths: [],
      },
    });

    const { message, data } = summaryLine(found, null);

    expect(message).toBe(
      'development is failing: 1 fail; cause: api-service-unhealthy or backend-tls-mismatch and api-key-rejected',
    );
    expect(data['diagnosis']).toEqual({
      status: 'ambiguous',
      faults: [['api-service-unhealthy', 'backend-tls-mismatch'], ['api-key-rejected']],
      hypothesis: 'api-service-unhealthy',
      probability: 0.612,
      unexplained: ['auth.root'],
    });
  });

  test.each([
    ['no-match', 'development is healthy: nothing was requested; no known cause'],
    ['monitor-blind', 'development is healthy: nothing was requested; the prober reaches nothing'],
    ['inconclusive', 'development is healthy: nothing was requested'],
  ] as const)('makes no further claim about a diagnosis that is %s', (status, sentence) => {
    const found = report([], { diagnosis: { status, hypotheses: [], faults: [], unexplained: [], paths: [] } });

    expect(summaryLine(found, null)).toMatchObject({
      message: sentence,
      data: { diagnosis: { status, hypothesis: null, probability: null } },
    });
  });
});
