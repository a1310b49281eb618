import { loadSettings } from '../../src/config/load.ts';
import { runCycle } from '../../src/cycle/run-cycle.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Outcome, Report } from '../../src/model/report.ts';
import { annotations } from '../../src/report/github/annotations.ts';
import { summary } from '../../src/report/github/summary.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderJunit } from '../../src/report/junit/render.ts';
import { renderPretty } from '../../src/report/pretty.ts';
import { found, view } from '../report/hostile.ts';
import { httpTarget } from '../support/probing.ts';
import { canaries } from './invariants.ts';

const strictness = { degraded: true, known: true };

const renders: Readonly<Record<string, (report: Report) => string>> = {
  pretty: (report) => renderPretty(report, { ...view, color: false, width: 120 }),
  json: renderJson,
  junit: (report) => renderJunit(report, view, strictness),
  html: (report) => renderHtml(report, view),
  summary: (report) => summary(report, view),
  annotations: (report) => annotations(report, view, strictness),
};

/** Characters that control a terminal, or that hide or turn text, but for tabs. JSON escapes them. */
const control = /\p{Cf}|(?![\n\t])\p{Cc}/u;

/** What a report in any format must not hold, with these outcomes in it. Empty: all is well. */
export const reportViolations = async (seen: readonly Outcome[]): Promise<readonly string[]> => {
  const settings = await loadSettings({ text: '{}', name: 'a test', folder: '.' });
  const outcomes = seen.map((outcome, n) => ({ ...outcome, target: `my.t${n}` }));
  const targets = outcomes.map(({ target }) => httpTarget({ id: target }));
  const none = { only: [], registration: false, apiKey: null, deadlineMs: 10_000 };
  const empty = await runCycle({ settings: { ...settings, targets: [] }, baseline: [], ...none });
  const report: Report = { ...empty, outcomes, verdict: 'failing' };
  const whole = { ...report, diagnosis: diagnose(report, targets) };
  return [
    ...(whole.diagnosis.defect === undefined ? [] : [whole.diagnosis.defect]),
    ...Object.entries(renders).flatMap(([format, render]) => {
      const text = render(whole);
      return [
        ...canaries.filter((canary) => text.includes(canary)).map((canary) => `${format} shows the key as ${canary}`),
        ...(format === 'json' ? [] : found(text, control).map((at) => `${format}: ${JSON.stringify(at)}`)),
      ];
    }),
  ];
};
