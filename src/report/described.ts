import type { Candidate, DescribedCandidate, Onset } from '../model/diagnosis.ts';
import { idsOf, isSymptom } from '../model/predicates.ts';
import type { DescribedReport, Report } from '../model/report.ts';
import { type RoutedRequest, requests, withRoutes } from '../model/requests.ts';
import type { Runbook } from '../model/runbook.ts';
import { reportOfKnown } from '../model/still-failing.ts';
import type { Target } from '../model/target.ts';
import { hostRoles } from '../platform/hosts.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import { type AffectedRequest, fittingRunbook } from '../wording/fitting-runbook.ts';
import { hostNameOf } from '../wording/host-name.ts';
import { faultlessPaths } from './faultless-paths.ts';
import { commandsFor } from './next-steps.ts';
import { onsetOf } from './onset.ts';

/** The platform's facts that the renderers need. */
export interface Platform {
  /** Host names by role. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly targets: readonly Target[];
  /** The configuration file, for commands; absent: none. */
  readonly file?: string;
}

/** Adds what a person needs beside the engine's result. It is too large for the function bundles. */
export const described = (report: Report, { hosts, targets }: Platform): DescribedReport => {
  const { stillFailing, ...rest } = report;
  const known = reportOfKnown(report);
  return {
    ...rest,
    diagnosis: describedDiagnosis(report, { hosts, targets }),
    ...(stillFailing === undefined || known === null
      ? {}
      : { stillFailing: { ...stillFailing, diagnosis: describedDiagnosis(known, { hosts, targets }) } }),
  };
};

const describedDiagnosis = (report: Report, { hosts, targets }: Platform): DescribedReport['diagnosis'] => {
  const { diagnosis } = report;
  const routed = withRoutes(requests(report), targets);
  return {
    ...diagnosis,
    hypotheses: diagnosis.hypotheses.map((one) =>
      describedCandidate(one, hosts, fittingIn(one, routed, report.startedAt)),
    ),
    paths: [
      ...diagnosis.paths.map((path) => ({ ...path, onset: onsetOn(path.fault, report) })),
      ...faultlessPaths(diagnosis, routed).map((way) => ({
        fault: null,
        ...way,
        onset: diagnosis.status === 'healthy' ? null : beganWith(idsOf(routed.filter(isSymptom)), [], report),
      })),
    ],
  };
};

const beganWith = (
  affected: readonly string[],
  causes: readonly HypothesisId[],
  { history, startedAt }: Report,
): Onset | null => onsetOf(history, affected, causes, startedAt);

const onsetOn = (fault: number, report: Report): Onset | null => {
  const { faults, hypotheses } = report.diagnosis;
  const own = hypotheses.filter((one) => one.fault === fault && faults[fault]?.includes(one.id));
  return beganWith(
    own.flatMap(({ explains }) => explains),
    faults[fault] ?? [],
    report,
  );
};

/** The runbook in words that fit the requests that the cause explains. */
export const fittingIn = (
  { id, hop, explains, hosts }: Pick<Candidate, 'id' | 'hop' | 'explains' | 'hosts'>,
  all: readonly RoutedRequest[],
  now: string,
): Runbook => {
  const crossing = all.filter(
    (one) =>
      one.status !== 'skipped' &&
      one.kind !== 'follow-up' &&
      one.hops.includes(hop) &&
      (hosts === null || hosts.includes(one.destination)),
  ).length;
  const affected = all.filter((one) => explains.includes(one.id) && isSymptom(one)).map(affectedRequest);
  return fittingRunbook(id, affected, { now, crossing: { count: crossing, hop } });
};

const affectedRequest = ({ status, failureMode, evidence }: RoutedRequest): AffectedRequest => ({
  status,
  failureMode,
  ...(evidence.certificate === null ? {} : { validTo: evidence.certificate.validTo }),
});

export const describedCandidate = <T extends Pick<Candidate, 'id' | 'hosts'>>(
  candidate: T,
  hosts: Readonly<Record<string, string>>,
  runbook: Runbook,
): T & Pick<DescribedCandidate, 'title' | 'nextStep' | 'next' | 'remedy'> => {
  const { hosts: roles } = candidate;
  const next = commandsFor(runbook, roles?.[0] ?? null, hosts);
  const { title, remedy } = runbook;
  return {
    ...candidate,
    title: roles === null ? title : `${placeOf(roles, hosts)}: ${title}`,
    nextStep: next[0].command,
    next,
    remedy,
  };
};

const placeOf = (roles: readonly string[], hosts: Readonly<Record<string, string>>): string =>
  hostRoles.every((role) => roles.includes(role))
    ? 'all hosts'
    : roles.map((role) => hostNameOf(hosts, role)).join(', ');
