import type { Published } from '../metrics/publish.ts';
import type { Diagnosis } from '../platform/diagnosis.ts';
import { registrationHost, stepTarget } from '../platform/registration.ts';
import type { Outcome, Registration, Report, Status, StepOutcome } from '../platform/report.ts';
import type { Tracking } from '../platform/tracking.ts';
import type { LogLine } from './log-line.ts';

interface Judged {
  readonly status: Status;
  readonly known: boolean;
}

/** What the log and the answer call failing: known deviations are not. */
const fails = ({ status, known }: Judged): boolean => status === 'fail' && !known;

/** Ids of targets, and of the flow's steps, that fail. */
export const failingIds = ({ outcomes, registration }: Report): readonly string[] => [
  ...outcomes.filter(fails).map(({ target }) => target),
  ...(registration?.steps ?? []).filter(fails).map(({ id }) => stepTarget(id)),
];

/** A line for each thing that a person has to look at: targets and steps that fail, and what the flow left behind. */
export const warnings = ({ runId, outcomes, registration }: Report): readonly LogLine[] => [
  ...outcomes.filter(fails).map((outcome) => failingTargetLine(runId, outcome)),
  ...(registration === null
    ? []
    : [
        ...registration.steps.filter(fails).map((step) => failingStepLine(runId, step)),
        ...leftBehindLines(runId, registration),
      ]),
];

/** One failing target with its evidence, which the probe has redacted already. The attempts are left to the report. */
const failingTargetLine = (runId: string, { attempts, known: _, ...outcome }: Outcome): LogLine => ({
  message: `${outcome.target} fails: ${outcome.failureMode ?? 'for an unknown reason'}, ${outcome.evidence.summary}`,
  data: { runId, ...outcome, attempts: attempts.map(({ status, failureMode }) => failureMode ?? status) },
});

const failingStepLine = (runId: string, { id, known: _, ...step }: StepOutcome): LogLine => ({
  message: `${stepTarget(id)} fails: ${step.failureMode ?? 'for an unknown reason'}, ${step.evidence.summary}`,
  data: { runId, target: stepTarget(id), host: registrationHost, ...step },
});

/** By its full name, for somebody will have to delete it when no later run does. */
const leftBehindLines = (runId: string, { cleanup }: Registration): readonly LogLine[] => {
  const { failureMode, leftBehind, evidence } = cleanup;
  if (leftBehind.length === 0) return [];
  return [
    {
      message: `${registrationHost} left behind: ${leftBehind.map(({ thing, id }) => `${thing} ${id}`).join(', ')}`,
      data: { runId, failureMode, leftBehind, evidence },
    },
  ];
};

/** One line for the cycle. */
export const summaryLine = (report: Report, published: Published | null, tracking: Tracking | null = null): LogLine => {
  const { outcomes, registration } = report;
  const targets = outcomes.map(({ target, status, known }) => ({ id: target, status, known }));
  const steps = (registration?.steps ?? []).map(({ id, status, known }) => ({ id: stepTarget(id), status, known }));
  const all = [...targets, ...steps];
  const idsWith = (wanted: Status): readonly string[] =>
    all.filter(({ status, known }) => status === wanted && !known).map(({ id }) => id);
  return {
    message: `${report.environment} is ${report.verdict}: ${sentence(report)}`,
    data: {
      runId: report.runId,
      verdict: report.verdict,
      durationMs: Math.round(report.durationMs),
      targets: outcomes.length,
      failing: idsWith('fail'),
      degraded: idsWith('degraded'),
      inconclusive: idsWith('inconclusive'),
      known: all.filter(({ known }) => known).map(({ id }) => id),
      recovered: report.recovered,
      registration: registration === null ? 'off' : flowData(registration),
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

const sentence = ({ outcomes, registration, diagnosis }: Report): string =>
  [
    ...(outcomes.length > 0 || registration === null
      ? [`${outcomes.filter(fails).length} of ${outcomes.length} targets fail`]
      : []),
    ...(registration === null ? [] : [`the registration flow: ${registration.status}`]),
    ...causeWords(diagnosis),
  ].join('; ');

/** What explains it, in the fewest words; nothing where there is nothing to explain. */
const causeWords = ({ status, faults, defect }: Diagnosis): readonly string[] => {
  if (defect !== undefined) return [defect];
  if (faults.length > 0) return [`cause: ${faults.map((tie) => tie.join(' or ')).join(' and ')}`];
  if (status === 'no-match') return ['cause: none that is known'];
  return status === 'monitor-blind' ? ['cause: the prober reaches nothing'] : [];
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

const flowData = ({ status, model, durationMs, requests, cleanup, facts }: Registration): LogLine['data'] => ({
  status,
  model,
  durationMs: Math.round(durationMs),
  requests,
  cleanup: cleanup.status,
  leftBehind: cleanup.leftBehind.length,
  swept: cleanup.swept.length,
  ...facts,
});
