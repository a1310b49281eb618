import { severities } from '../platform/incident.ts';
import type { Outcome, Report } from '../platform/report.ts';
import type { Tracking } from '../platform/tracking.ts';
import type { MetricDatum, MetricsDetail } from './catalogue.ts';
import { seriesData } from './datum.ts';
import { durations, isTrouble, type Judged, successes } from './judged.ts';
import { judgedInFlow, registrationMetrics } from './registration.ts';

/** The group of the control outside the platform: its certificate is nobody's to renew here. */
const outside = 'external';

/** What a cycle found, as CloudWatch takes it. */
export const metricsFromReport = (
  report: Report,
  detail: MetricsDetail,
  tracking: Tracking | null = null,
): readonly MetricDatum[] => {
  const { environment: Environment, registration } = report;
  const at = Date.parse(report.startedAt);
  const targets = report.outcomes.map(targetOf);
  const withStatus = (status: Outcome['status']): readonly TargetJudged[] =>
    targets.filter((one) => one.status === status && !one.known);

  const daysLeft = report.outcomes
    .filter(({ host }) => host !== outside)
    .flatMap(({ evidence }) => evidence.certificate?.daysLeft ?? []);

  return [
    ...seriesData('heartbeat', at, { Environment }, [1]),
    ...seriesData('cycleDuration', at, { Environment }, [report.durationMs]),
    ...seriesData('targetsFailing', at, { Environment }, [withStatus('fail').length]),
    ...seriesData('targetsDegraded', at, { Environment }, happening(withStatus('degraded').length)),
    ...seriesData('targetsInconclusive', at, { Environment }, happening(withStatus('inconclusive').length)),
    ...seriesData('certificateDaysLeft', at, { Environment }, daysLeft.length === 0 ? [] : [Math.min(...daysLeft)]),

    ...[...Map.groupBy(targets, ({ host }) => host)].flatMap(([Host, ofHost]) => [
      ...seriesData('hostSuccess', at, { Environment, Host }, successes(ofHost)),
      ...seriesData('hostDuration', at, { Environment, Host }, durations(ofHost)),
    ]),
    ...(detail === 'targets' ? targets : []).flatMap((target) => [
      ...seriesData('targetSuccess', at, { Environment, Target: target.id }, successes([target])),
      ...seriesData('targetDuration', at, { Environment, Target: target.id }, durations([target])),
    ]),

    ...failures([...targets, ...(registration === null ? [] : judgedInFlow(registration))], at, Environment),
    ...withStatus('fail').flatMap(({ id }) => seriesData('targetFailure', at, { Environment, Target: id }, [1])),
    ...matches(report).flatMap((Hypothesis) => seriesData('hypothesisMatch', at, { Environment, Hypothesis }, [1])),
    ...(registration === null ? [] : registrationMetrics(registration, at, Environment, detail)),
    ...(tracking === null ? [] : trackingMetrics(tracking, at, Environment)),
  ];
};

/** What is paid for only while it happens. */
const happening = (count: number): readonly number[] => (count === 0 ? [] : [count]);

const trackingMetrics = (
  { open, sent, troubles }: Tracking,
  at: number,
  Environment: string,
): readonly MetricDatum[] => [
  ...severities.flatMap((Severity) => {
    const count = (open ?? []).filter(({ severity }) => severity === Severity).length;
    return seriesData('openIncidents', at, { Environment, Severity }, happening(count));
  }),
  ...seriesData('messagesSent', at, { Environment }, happening(sent)),
  ...seriesData('sendFailures', at, { Environment }, happening(troubles.length)),
];

/** Each once, though it may tie in several faults. */
const matches = ({ diagnosis }: Report): readonly string[] => [...new Set(diagnosis.faults.flat())];

interface TargetJudged extends Judged {
  readonly id: string;
  readonly host: string;
}

const targetOf = ({ target, host, status, failureMode, known, timingsMs }: Outcome): TargetJudged => ({
  id: target,
  host,
  status,
  failureMode,
  known,
  ms: timingsMs.total,
});

const failures = (judged: readonly Judged[], at: number, Environment: string): readonly MetricDatum[] =>
  [...Map.groupBy(judged.filter(isTrouble), ({ failureMode }) => failureMode)].flatMap(([FailureMode, inThisWay]) =>
    FailureMode === null ? [] : seriesData('failures', at, { Environment, FailureMode }, [inThisWay.length]),
  );
