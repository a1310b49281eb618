import type { Published } from '../metrics/publish.ts';
import type { Outcome, Report, Status } from '../platform/report.ts';

/** A line of the log: a sentence, and the same as data. */
export interface LogLine {
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the log and the answer call failing: known deviations are not. */
export const failingTargets = ({ outcomes }: Report): readonly Outcome[] =>
  outcomes.filter(({ status, known }) => status === 'fail' && !known);

/** One failing target with its evidence, which the probe has redacted already. The attempts are left to the report. */
export const failingTargetLine = (runId: string, { attempts, known: _, ...outcome }: Outcome): LogLine => ({
  message: `${outcome.target} fails: ${outcome.failureMode ?? 'for an unknown reason'}, ${outcome.evidence.summary}`,
  data: { runId, ...outcome, attempts: attempts.map(({ status, failureMode }) => failureMode ?? status) },
});

const idsWith = ({ outcomes }: Report, wanted: Status): readonly string[] =>
  outcomes.filter(({ status, known }) => status === wanted && !known).map(({ target }) => target);

/** One line for the cycle. */
export const summaryLine = (report: Report, published: Published | null): LogLine => {
  const failing = failingTargets(report).map(({ target }) => target);
  return {
    message: `${report.environment} is ${report.verdict}: ${failing.length} of ${report.outcomes.length} targets fail`,
    data: {
      runId: report.runId,
      verdict: report.verdict,
      durationMs: Math.round(report.durationMs),
      targets: report.outcomes.length,
      failing,
      degraded: idsWith(report, 'degraded'),
      inconclusive: idsWith(report, 'inconclusive'),
      known: report.outcomes.filter(({ known }) => known).map(({ target }) => target),
      recovered: report.recovered,
      metrics: published === null ? 'off' : published.to,
    },
  };
};
