import { isNews, withStatus } from '../model/predicates.ts';
import type { Report, Status } from '../model/report.ts';
import { type Request, requests, type TargetRequest } from '../model/requests.ts';
import { severities } from '../model/severities.ts';
import type { Aspect } from '../model/target.ts';
import type { Tracking } from '../model/tracking.ts';
import { hostRoles } from '../platform/hosts.ts';
import type { MetricDatum, MetricsDetail } from './catalogue.ts';
import { seriesData } from './datum.ts';
import { durations, successes } from './judged.ts';
import { registrationMetrics } from './registration.ts';

/** The groups of the platform's hosts. Others are the external control and the user's own targets. */
const ofPlatform: ReadonlySet<string> = new Set(hostRoles);

/** A cycle's results as CloudWatch data. */
export const metricsFromReport = (
  report: Report,
  detail: MetricsDetail,
  tracking: Tracking | null = null,
): readonly MetricDatum[] => {
  const { environment: Environment, registration } = report;
  const at = Date.parse(report.startedAt);
  const all = requests(report);
  const targets = all.filter((one) => one.kind === 'target');
  const count = (status: Status): number => withStatus(targets, status).length;

  const daysLeft = targets
    // A foreign certificate has its own limit, and may not be ours to renew.
    .filter(({ host }) => ofPlatform.has(host))
    .flatMap(({ evidence: { certificate, addresses } }) => [certificate, ...addresses.map((one) => one.certificate)])
    .flatMap((certificate) => certificate?.daysLeft ?? []);

  return [
    ...seriesData('heartbeat', at, { Environment }, [1]),
    ...seriesData('cycleDuration', at, { Environment }, [report.durationMs]),
    ...seriesData('targetsFailing', at, { Environment }, [count('fail')]),
    ...seriesData('targetsDegraded', at, { Environment }, happening(count('degraded'))),
    ...seriesData('targetsInconclusive', at, { Environment }, happening(count('inconclusive'))),
    ...seriesData('certificateDaysLeft', at, { Environment }, daysLeft.length === 0 ? [] : [Math.min(...daysLeft)]),

    ...[...Map.groupBy(targets, ({ host }) => host)].flatMap(([Host, ofHost]) => [
      ...seriesData('hostSuccess', at, { Environment, Host }, hostSuccesses(ofHost)),
      ...seriesData('hostDuration', at, { Environment, Host }, durations(ofHost)),
    ]),
    ...(detail === 'targets' ? targets : []).flatMap((target) => [
      ...seriesData('targetSuccess', at, { Environment, Target: target.id }, successes([target])),
      ...seriesData('targetDuration', at, { Environment, Target: target.id }, durations([target])),
    ]),

    ...failures(all, at, Environment),
    ...withStatus(targets, 'fail').flatMap(({ id }) =>
      seriesData('targetFailure', at, { Environment, Target: id }, [1]),
    ),
    ...matches(report).flatMap((Hypothesis) => seriesData('hypothesisMatch', at, { Environment, Hypothesis }, [1])),
    ...(registration === null ? [] : registrationMetrics(registration, all, { at, Environment, detail })),
    ...(tracking === null ? [] : trackingMetrics(tracking, at, Environment)),
  ];
};

/** Series that are published, and billed, only while something happens. */
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

/** Without duplicates, because a hypothesis may be in the ties of several faults. */
const matches = ({ diagnosis }: Report): readonly string[] => [...new Set(diagnosis.faults.flat())];

/** Aspects in front of a host's service. */
const inFront: readonly Aspect[] = ['name', 'certificate', 'redirect'];

/**
 * The successes of a host's requests. A name that resolves, a valid certificate or a redirect from port 80 is not yet a
 * service. If their successes counted, a host that serves nothing would have too high a share, so only their failures
 * count. Outside the platform, a name or a certificate may be the only thing probed, so each of them always counts.
 */
const hostSuccesses = (ofHost: readonly TargetRequest[]): readonly number[] => {
  const isInFront = ({ aspect, host }: TargetRequest): boolean => inFront.includes(aspect) && ofPlatform.has(host);
  return ofHost.flatMap((one) => successes([one]).filter((value) => value === 0 || !isInFront(one)));
};

const failures = (all: readonly Request[], at: number, Environment: string): readonly MetricDatum[] =>
  [...Map.groupBy(all.filter(isNews), ({ failureMode }) => failureMode)].flatMap(([FailureMode, inThisWay]) =>
    FailureMode === null ? [] : seriesData('failures', at, { Environment, FailureMode }, [inThisWay.length]),
  );
