import type { DiagnosisStatus } from '../model/diagnosis.ts';
import type { PathHop } from '../model/incident.ts';
import { isSymptom } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { type RoutedRequest, requests as requestsOf, withRoutes } from '../model/requests.ts';
import { reportOfKnown } from '../model/still-failing.ts';
import { type HypothesisId, hypotheses } from '../platform/hypotheses.ts';
import { runbooks } from '../platform/runbooks.ts';
import { confirmationLines, confirmationTitle } from '../wording/aws-confirmation.ts';
import { cut, plainText } from '../wording/plain-text.ts';
import { sinceWords } from '../wording/since.ts';
import { described, describedCandidate, fittingIn, type Platform } from './described.ts';
import { type Hint, hintsFor } from './hints.ts';
import { type NextStep, nextSteps } from './next-steps.ts';
import { shownPath } from './request-path.ts';

export interface Cause {
  readonly id: HypothesisId;
  /** A sentence, with the hosts if they matter. */
  readonly title: string;
  /** Null: not in the report. */
  readonly probability: number | null;
}

/** A fault, or a tie of causes of which one is true. */
export interface ExplainedFault {
  readonly causes: readonly Cause[];
  /** The path of the requests that fail at it; empty: none crosses it. */
  readonly path: readonly PathHop[];
  /** Null: not in the report. */
  readonly explains: number | null;
  /** Since when, and what preceded it, as far as the history goes. */
  readonly since: readonly string[];
  /** Requests that it should have made fail or pass, and their actual results. */
  readonly against: readonly string[];
  /** The next commands for this fault alone. */
  readonly steps: readonly NextStep[];
  /** Null for a tie: decide it first. */
  readonly remedy: string | null;
}

/** The diagnosis in words and pictures, for every format to lay out. */
export interface Explanation {
  readonly status: DiagnosisStatus;
  /** Why there is no diagnosis, if the monitor itself failed at it. */
  readonly defect: string | null;
  readonly requests: readonly RoutedRequest[];
  readonly symptoms: readonly RoutedRequest[];
  readonly faults: readonly ExplainedFault[];
  readonly unexplained: readonly string[];
  /** Help without a known cause; empty with one. */
  readonly hints: readonly Hint[];
  /** Without a known cause: the path of the requests that fail at the hop that most failures point at. */
  readonly suspectedPath: readonly PathHop[];
  readonly notRuledOut: readonly Cause[];
  /** What AWS says about the hypotheses, a line each; null: it was not asked. */
  readonly aws: { readonly title: string; readonly lines: readonly string[] } | null;
  /** The next commands, with the hosts filled in. */
  readonly steps: readonly NextStep[];
  /** The known failures that remain to be repaired; null: there are none. */
  readonly known: Explanation | null;
}

const shownSteps = 3;
/** Per fault, if there are several. */
const stepsOfEach = 2;

export const explain = (report: Report, platform: Platform): Explanation => {
  const { diagnosis } = described(report, platform);
  const { status, faults, hypotheses: candidates, paths, unexplained, defect } = diagnosis;
  const { hosts, targets } = platform;
  const known = reportOfKnown(report);
  const requests = withRoutes(requestsOf(report), targets);
  const candidateFor = (id: HypothesisId, fault: number) =>
    candidates.find((one) => one.id === id && one.fault === fault) ?? {
      // The report gives only the hypothesis's name.
      ...describedCandidate({ id, hosts: null }, hosts, runbooks[id]),
      hop: hypotheses[id].hop,
      probability: null,
      explains: null,
      contradicts: [],
    };
  const withHeadline = (one: (typeof candidates)[number] | ReturnType<typeof candidateFor>) => ({
    ...one,
    headline: fittingIn({ ...one, explains: one.explains ?? [] }, requests, report.startedAt).headline,
  });
  const ofFaults = faults.map((ids, fault) => ids.map((id) => candidateFor(id, fault)));
  const supposed = ofFaults.flat();
  return {
    status,
    defect: defect === undefined ? null : plainText(defect),
    requests,
    symptoms: requests.filter(isSymptom),
    faults: ofFaults.map((own, fault): ExplainedFault => {
      const path = paths.find((one) => one.fault === fault);
      return {
        causes: own.map(causeOf),
        path: shownPath(path?.hops ?? []),
        since: sinceWords(path?.onset ?? null, {
          causes: own.map(({ id }) => id),
          now: report.startedAt,
          version: report.history?.version ?? null,
        }),
        explains: explainedBy(own),
        against: (own[0]?.contradicts ?? []).map((id) => `${nameOf(id)} (${fared(id, requests)})`),
        steps: nextSteps(own.map(withHeadline), faults.length > 1 ? stepsOfEach : shownSteps),
        remedy: own.length === 1 ? (own[0]?.remedy ?? null) : null,
      };
    }),
    unexplained: unexplained.map(nameOf),
    hints: status === 'no-match' ? hintsFor(requests, diagnosis) : [],
    suspectedPath: status === 'no-match' ? shownPath(paths[0]?.hops ?? []) : [],
    notRuledOut: eachOnce(
      candidates
        .filter(({ id }) => !supposed.some((one) => one.id === id))
        .toSorted((a, b) => b.probability - a.probability)
        .map(causeOf),
    ),
    aws: awsOf(report),
    known: known === null ? null : explain(known, platform),
    steps: nextSteps(supposed.map(withHeadline), shownSteps),
  };
};

/** By any of those that tie: the same requests that an incident of this fault affects. */
const explainedBy = (own: readonly { readonly explains: readonly string[] | null }[]): number | null =>
  own.every(({ explains }) => explains === null) ? null : new Set(own.flatMap(({ explains }) => explains ?? [])).size;

const awsOf = ({ confirmation, startedAt }: Report): Explanation['aws'] =>
  confirmation === undefined || confirmation.findings.length === 0
    ? null
    : { title: confirmationTitle(confirmation), lines: confirmationLines(confirmation, startedAt).map(plainText) };

const causeOf = ({ id, title, probability }: Cause): Cause => ({ id, title, probability });

/** Two faults on two hosts can have the same cause. */
const eachOnce = <T extends { readonly id: HypothesisId }>(all: readonly T[]): readonly T[] =>
  all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index);

/** The longest DNS name. Ids are cut at the same length. */
const hostLetters = 253;
const nameOf = (id: string): string => cut(plainText(id), hostLetters);

const fared = (id: string, requests: readonly RoutedRequest[]): string =>
  requests.find((one) => one.id === id)?.failureMode ?? 'passes';
