import type { Outcome, Report } from '../platform/report.ts';
import type { MetricDatum, MetricsDetail } from './catalogue.ts';
import { seriesData } from './datum.ts';

/** The group of the control outside the platform: its certificate is nobody's to renew here. */
const outside = 'external';

/** A known deviation is as it should be; null: nothing is known. */
const success = ({ status, known }: Outcome): number | null => {
  if (status === 'inconclusive' || status === 'skipped') return null;
  return known || status !== 'fail' ? 1 : 0;
};

const durations = (outcomes: readonly Outcome[]): readonly number[] =>
  outcomes.filter((outcome) => success(outcome) !== null).flatMap(({ timingsMs }) => timingsMs.total ?? []);

const successes = (outcomes: readonly Outcome[]): readonly number[] =>
  outcomes.flatMap((outcome) => success(outcome) ?? []);

/** What a cycle found, as CloudWatch takes it. */
export const metricsFromReport = (report: Report, detail: MetricsDetail): readonly MetricDatum[] => {
  const { outcomes } = report;
  const Environment = report.environment;
  const at = Date.parse(report.startedAt);
  const news = outcomes.filter(({ known }) => !known);
  const withStatus = (status: Outcome['status']): readonly Outcome[] => news.filter((one) => one.status === status);
  const failing = withStatus('fail');
  const troubled = [...failing, ...withStatus('degraded'), ...withStatus('inconclusive')];

  const daysLeft = outcomes
    .filter(({ host }) => host !== outside)
    .flatMap(({ evidence }) => evidence.certificate?.daysLeft ?? []);

  return [
    ...seriesData('heartbeat', at, { Environment }, [1]),
    ...seriesData('cycleDuration', at, { Environment }, [report.durationMs]),
    ...seriesData('targetsFailing', at, { Environment }, [failing.length]),
    ...seriesData('targetsDegraded', at, { Environment }, [withStatus('degraded').length]),
    ...seriesData('targetsInconclusive', at, { Environment }, [withStatus('inconclusive').length]),
    ...seriesData('certificateDaysLeft', at, { Environment }, daysLeft.length === 0 ? [] : [Math.min(...daysLeft)]),

    ...[...Map.groupBy(outcomes, ({ host }) => host)].flatMap(([Host, ofHost]) => [
      ...seriesData('hostSuccess', at, { Environment, Host }, successes(ofHost)),
      ...seriesData('hostDuration', at, { Environment, Host }, durations(ofHost)),
    ]),
    ...(detail === 'targets' ? outcomes : []).flatMap((outcome) => [
      ...seriesData('targetSuccess', at, { Environment, Target: outcome.target }, successes([outcome])),
      ...seriesData('targetDuration', at, { Environment, Target: outcome.target }, durations([outcome])),
    ]),

    ...[...Map.groupBy(troubled, ({ failureMode }) => failureMode)].flatMap(([FailureMode, inThisWay]) =>
      FailureMode === null ? [] : seriesData('failures', at, { Environment, FailureMode }, [inThisWay.length]),
    ),
    ...failing.flatMap(({ target }) => seriesData('targetFailure', at, { Environment, Target: target }, [1])),
  ];
};
