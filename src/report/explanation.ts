import { isSymptom } from '../model/predicates.ts';
import { type RoutedRequest, requests as requestsOf, withRoutes } from '../model/requests.ts';
import type { Candidate, Diagnosis, DiagnosisStatus, FaultIds } from '../platform/diagnosis.ts';
import { type HostRole, hostRoles } from '../platform/hosts.ts';
import { type HypothesisId, hypotheses } from '../platform/hypotheses.ts';
import type { PathHop } from '../platform/incident.ts';
import type { Report } from '../platform/report.ts';
import { runbooks } from '../platform/runbooks.ts';
import type { Target } from '../platform/target.ts';
import { commandFor, type NextStep, nextSteps } from './next-steps.ts';
import { cut, plainText } from './plain-text.ts';
import { requestPath } from './request-path.ts';
import { sinceWords } from './since.ts';

/** What the report is read with. */
export interface Platform {
  /** Names of the hosts, by role. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly targets: readonly Target[];
}

export interface Cause {
  readonly id: HypothesisId;
  /** A sentence, with the hosts where it is a matter of hosts. */
  readonly title: string;
  /** Null: the report does not say. */
  readonly probability: number | null;
}

/** One broken thing, or several of which one is broken. */
export interface ExplainedFault {
  readonly causes: readonly Cause[];
  /** The way of the requests that fail at it; empty: none crosses it. */
  readonly path: readonly PathHop[];
  /** Null: the report does not say. */
  readonly explains: number | null;
  /** Since when, and what went before, as far as that is remembered. */
  readonly since: readonly string[];
  /** What it should have let fail, or work, and how that fared. */
  readonly against: readonly string[];
}

/** The diagnosis in words and pictures, for every format to lay out in its own way. */
export interface Explanation {
  readonly status: DiagnosisStatus;
  /** Why there is no diagnosis, where the monitor itself failed at it. */
  readonly defect: string | null;
  readonly requests: readonly RoutedRequest[];
  readonly symptoms: readonly RoutedRequest[];
  readonly faults: readonly ExplainedFault[];
  readonly unexplained: readonly string[];
  readonly notRuledOut: readonly Cause[];
  /** What to run next, hosts filled in. */
  readonly steps: readonly NextStep[];
  /** Of a tie there is none yet: what decides comes first. */
  readonly remedies: readonly { readonly id: HypothesisId; readonly text: string }[];
}

const shownSteps = 3;

export const explain = (report: Report, platform: Platform): Explanation => {
  const { status, faults, hypotheses: candidates, unexplained, defect } = report.diagnosis;
  const requests = withRoutes(requestsOf(report), platform.targets);
  const symptoms = requests.filter(isSymptom);
  const supposed = faults.flat();
  const causeOf = (id: HypothesisId, fault?: number): Cause => {
    const candidate = candidates.find((one) => one.id === id && (fault === undefined || one.fault === fault));
    return { id, title: titleOf(id, candidate, platform), probability: candidate?.probability ?? null };
  };
  return {
    status,
    defect: defect === undefined ? null : plainText(defect),
    requests,
    symptoms,
    faults: faults.map((fault, index): ExplainedFault => {
      const own = ownOf(fault, index, candidates);
      return {
        causes: fault.map((id) => causeOf(id, index)),
        path: pathOf(fault, index, report.diagnosis, requests, symptoms),
        since: sinceWords(report.history, {
          causes: fault,
          affected: own.flatMap(({ explains }) => explains),
          now: report.startedAt,
        }),
        explains: own[0]?.explains.length ?? null,
        against: (own[0]?.contradicts ?? []).map((id) => `${nameOf(id)} (${fared(id, requests)})`),
      };
    }),
    unexplained: unexplained.map(nameOf),
    notRuledOut: eachOnce(
      candidates
        .filter(({ id }) => !supposed.includes(id))
        .toSorted((a, b) => b.probability - a.probability)
        .map(({ id, fault }) => causeOf(id, fault)),
    ),
    steps: stepsOf(report, platform),
    remedies: eachOnce(
      faults.flatMap(([id, ...tie]) => (id === undefined || tie.length > 0 ? [] : [{ id, text: runbooks[id].remedy }])),
    ),
  };
};

/** Two faults, on two hosts, can have the same cause. */
const eachOnce = <T extends { readonly id: HypothesisId }>(all: readonly T[]): readonly T[] =>
  all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index);

/** A name as DNS allows it, and an id that is as long. */
const hostLetters = 253;
const nameOf = (id: string): string => cut(plainText(id), hostLetters);

const fared = (id: string, requests: readonly RoutedRequest[]): string =>
  requests.find((one) => one.id === id)?.failureMode ?? 'passes';

const titleOf = (id: HypothesisId, candidate: Candidate | undefined, { hosts }: Platform): string => {
  const roles = candidate?.hosts ?? null;
  const { title } = runbooks[id];
  if (roles === null) return title;
  const where = hostRoles.every((role) => roles.includes(role))
    ? 'all hosts'
    : roles.map((role) => hosts[role as HostRole] ?? nameOf(role)).join(', ');
  return `${where}: ${title}`;
};

const ownOf = (fault: FaultIds, index: number, candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter((one) => one.fault === index && fault.includes(one.id));

const pathOf = (
  fault: FaultIds,
  index: number,
  { faults, hypotheses: candidates }: Diagnosis,
  requests: readonly RoutedRequest[],
  symptoms: readonly RoutedRequest[],
): readonly PathHop[] => {
  const own = ownOf(fault, index, candidates);
  const explained = new Set(own.flatMap(({ explains }) => explains));
  const failing = explained.size === 0 ? symptoms : symptoms.filter(({ id }) => explained.has(id));
  const others = faults.filter((one) => one !== fault).flat();
  return requestPath(
    failing,
    requests,
    new Set(fault.map((id) => hypotheses[id].hop)),
    others.map((id) => ({
      hop: hypotheses[id].hop,
      hosts: candidates.find((one) => one.id === id)?.hosts ?? null,
    })),
  );
};

const stepsOf = ({ diagnosis }: Report, { hosts }: Platform): readonly NextStep[] => {
  const supposed = diagnosis.faults.flat();
  const role = diagnosis.hypotheses.find(({ id }) => supposed.includes(id))?.hosts?.[0] ?? null;
  return nextSteps(supposed, shownSteps).map((step) => ({ ...step, command: commandFor(step.command, role, hosts) }));
};

/** What fails, by the way in which it does, the most frequent first. */
export const byMode = (symptoms: readonly RoutedRequest[]): readonly (readonly [string, readonly RoutedRequest[]])[] =>
  [...Map.groupBy(symptoms, ({ failureMode }) => String(failureMode))].toSorted(([, a], [, b]) => b.length - a.length);
