import type { Published } from '../../metrics/publish.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import { idsOf, isFailure, knownIds, withStatus } from '../../model/predicates.ts';
import type { Registration, Report, Status } from '../../model/report.ts';
import { type CleanUpRequest, type Request, requests, type TargetRequest } from '../../model/requests.ts';
import type { Tracking } from '../../model/tracking.ts';
import { registrationHost } from '../../platform/flow-steps.ts';
import { blindHeadline } from '../../wording/blind.ts';
import { countWords, madeWords } from '../../wording/requests.ts';
import { noKnownCause } from '../../wording/unexplained.ts';
import type { LogLine } from './log-line.ts';

/** Ids of the failing requests, without known failures. */
export const failingIds = (report: Report): readonly string[] => idsOf(failing(report));

const failing = (report: Report): readonly Request[] => requests(report).filter((request) => isFailure(request));

/** One line for everything that needs attention: failing requests, and what the flow left behind. */
export const warnings = (report: Report): readonly LogLine[] => [
  ...failing(report).map((request) => failingLine(report.runId, request)),
  ...requests(report).flatMap((request) => (request.kind === 'clean-up' ? leftBehindLines(report.runId, request) : [])),
];

/** One failing request with its evidence, which is already redacted. Single attempts are only in the report. */
const failingLine = (runId: string, request: Request): LogLine => {
  const { id, kind, known: _, askedHost, durationMs, ...outcome } = request;
  return {
    message: `${id} fails: ${outcome.failureMode ?? 'unknown failure mode'}, ${outcome.evidence.summary}`,
    data: { runId, target: id, ...outcome, ...(kind === 'target' ? attemptsOf(request) : { durationMs }) },
  };
};

const attemptsOf = ({ attempts }: TargetRequest): LogLine['data'] => ({
  attempts: attempts.map(({ status, failureMode }) => failureMode ?? status),
});

/** The full name, because a person has to delete it if no later run does. */
const leftBehindLines = (runId: string, { failureMode, leftBehind, evidence }: CleanUpRequest): readonly LogLine[] =>
  leftBehind.length === 0
    ? []
    : [
        {
          message: `${registrationHost} left behind: ${leftBehind.map(madeWords).join(', ')}`,
          data: { runId, failureMode, leftBehind, evidence },
        },
      ];

/** One line for the cycle. */
export const summaryLine = (report: Report, published: Published | null, tracking: Tracking | null = null): LogLine => {
  const { registration } = report;
  const all = requests(report);
  const idsWith = (status: Status): readonly string[] => idsOf(withStatus(all, status));
  return {
    message: `${report.environment} is ${report.verdict}: ${sentence(report, all)}`,
    data: {
      runId: report.runId,
      verdict: report.verdict,
      durationMs: Math.round(report.durationMs),
      targets: all.filter(({ kind }) => kind === 'target').length,
      failing: idsWith('fail'),
      degraded: idsWith('degraded'),
      inconclusive: idsWith('inconclusive'),
      known: knownIds(all),
      recovered: report.recovered,
      followUps: all.filter(({ kind }) => kind === 'follow-up').length,
      registration: registration === null ? 'off' : flowData(registration, all),
      diagnosis: diagnosisData(report.diagnosis),
      metrics: published === null ? 'off' : published.to,
      incidents: tracking === null ? 'off' : incidentData(tracking),
    },
  };
};

const incidentData = ({ open, news, sent, waiting, troubles }: Tracking): LogLine['data'] => ({
  open: open?.map(({ id }) => id) ?? null,
  news: news.map(({ id, kind }) => `${kind} ${id}`),
  sent,
  waiting,
  troubles,
});

const sentence = ({ registration, diagnosis }: Report, all: readonly Request[]): string =>
  [
    countWords(all) || 'nothing was requested',
    ...(registration === null ? [] : [`registration flow: ${registration.status}`]),
    ...causeWords(diagnosis),
  ].join('; ');

/** The explanation in as few words as possible; empty when there is nothing to explain. */
const causeWords = ({ status, faults, defect }: Diagnosis): readonly string[] => {
  if (defect !== undefined) return [defect];
  if (faults.length > 0) return [`cause: ${faults.map((tie) => tie.join(' or ')).join(' and ')}`];
  if (status === 'no-match') return [noKnownCause];
  return status === 'monitor-blind' ? [blindHeadline] : [];
};

const diagnosisData = ({ status, faults, hypotheses, unexplained }: Diagnosis): LogLine['data'] => {
  const [first] = hypotheses;
  return {
    status,
    faults,
    hypothesis: first?.id ?? null,
    probability: first === undefined ? null : Math.round(first.probability * 1_000) / 1_000,
    unexplained,
  };
};

const flowData = (
  { status, model, durationMs, requests: sent, facts }: Registration,
  all: readonly Request[],
): LogLine['data'] => {
  const cleanUp = all.find((one) => one.kind === 'clean-up');
  return {
    status,
    model,
    durationMs: Math.round(durationMs),
    requests: sent,
    cleanup: cleanUp?.status,
    leftBehind: cleanUp?.leftBehind.length,
    swept: cleanUp?.swept.length,
    ...facts,
  };
};
