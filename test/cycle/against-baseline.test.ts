import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../src/classify/outcome.ts';
import { parseReport } from '../../src/cli/saved-report.ts';
import { parseBaseline } from '../../src/config/baseline.ts';
import { againstBaseline } from '../../src/cycle/against-baseline.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Baseline } from '../../src/model/baseline.ts';
import type { Report } from '../../src/model/report.ts';
import { type Results, requests } from '../../src/model/requests.ts';
import { noticesOf } from '../../src/wording/notices.ts';
import { targets } from '../diagnose/observations.ts';

const textOf = (id: string): string => readFileSync(join(import.meta.dirname, `../evidence/fifth-${id}.json`), 'utf8');
const reportOf = (id: string): Omit<Report, 'diagnosis' | 'stillFailing'> => parseReport(textOf(id)).report;

/** Healthy cycles of the same platform, some of them on a busy machine. */
const healthy = [
  ...['accounts-one-worker', 'fifteen-ms-more', 'many-models', 'new-release', 'odd-headers', 'one-task-out'],
  ...['redis-restarted', 'some-load', 'tls13-only', 'ui-at-40-kb-s'],
];
/** Healthy cycles at full speed, one of each set. */
const baselines = ['new-release', 'odd-headers', 'tls13-only'];

const compared = (id: string, baseline: Baseline, change: (report: Results) => Results = (same) => same) => {
  const report = { ...reportOf(id), ...change(reportOf(id)) };
  const now = { ...report, ...againstBaseline(report, targets, baseline) };
  const diagnosis = diagnose(now, targets);
  const slow = requests(now).flatMap((one) => (one.failureMode === 'slow' ? [one.id] : []));
  return { now, diagnosis, slow, verdict: verdictOf(now, diagnosis) };
};

/** The same cycle, in which these steps of the flow and requests take so long. */
const taking =
  (ms: number, ids: RegExp) =>
  ({ outcomes, registration }: Results): Results => ({
    outcomes: outcomes.map((one) =>
      ids.test(one.target) ? { ...one, timingsMs: { ...one.timingsMs, total: ms } } : one,
    ),
    registration: registration && {
      ...registration,
      steps: registration.steps.map((one) => (ids.test(`registration.${one.id}`) ? { ...one, durationMs: ms } : one)),
    },
  });

describe.each(baselines)('against the baseline %s', (id) => {
  const baseline = parseBaseline(textOf(id));

  it('MLflow with a tenth of its CPU is degraded, at MLflow, and has no known cause', () => {
    const { now, slow, verdict, diagnosis } = compared('mlflow-stutters', baseline);
    expect(verdict).toBe('degraded');
    expect(slow.length).toBeGreaterThan(8);
    expect(diagnosis).toMatchObject({ status: 'no-match', faults: [], slowness: { hop: 'mlflow' } });
    expect(noticesOf({ ...now, diagnosis })).toEqual([
      expect.stringMatching(/^\d+ requests take .* longer than normal; the time is lost at this hop: MLflow\.$/),
    ]);
  });

  it.each(healthy)('%s is healthy', (each) => {
    expect(compared(each, baseline)).toMatchObject({ slow: [], verdict: 'healthy' });
  });

  it('a write that takes 3 s, both times, is slow', () => {
    const { now, slow, verdict } = compared('new-release', baseline, taking(3_000, /create-version/));
    expect([verdict, slow]).toEqual([
      'degraded',
      ['registration.create-version-from-run', 'registration.create-version-from-model'],
    ]);
    const [first] = requests(now).filter(({ failureMode }) => failureMode === 'slow');
    expect(first?.evidence.summary).toMatch(/: the step took (2\d{3}|3000) ms, \d+ ms in the baseline$/);
  });

  it.each([
    ['one step', /create-run$/],
    ['one of two that make the same', /create-version-from-run/],
    ['three requests', /mlflow-proxy-(health|version|search)$/],
  ])('%s with 3 s is chance', (_, ids) => {
    expect(compared('new-release', baseline, taking(3_000, ids))).toMatchObject({ slow: [], verdict: 'healthy' });
  });

  it('everything with 3 s is the prober’s own trouble or its network', () => {
    expect(compared('new-release', baseline, taking(3_000, /./)).slow).toEqual([]);
  });

  it('all requests that reach MLflow with 3 s are slow without the flow, too', () => {
    const { slow, diagnosis } = compared('new-release', baseline, (report) => ({
      ...taking(
        3_000,
        /mlflow-(proxy-(health|version|search|search-x-api-key)|api-search|ui)$|^mlflow\.(root|health|version)$/,
      )(report),
      registration: null,
    }));
    expect(slow.length).toBeGreaterThan(6);
    expect(diagnosis.slowness?.hop).toBe('mlflow');
    expect(diagnosis.hypotheses.filter(({ probability }) => probability >= 0.8)).toEqual([]);
  });
});

it('without requests elsewhere, nothing is compared', () => {
  const only = (report: Results): Results => ({ ...report, outcomes: [] });
  expect(compared('mlflow-stutters', parseBaseline(textOf('new-release')), only).slow).toEqual([]);
});
