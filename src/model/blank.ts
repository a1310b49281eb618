import type { FailureMode } from './failure-modes.ts';
import type { AnswerFindings, AttemptOutcome, Status } from './report.ts';

export const noFindings: AnswerFindings = {
  cause: null,
  dependencies: [],
  fingerprint: null,
  relayed: false,
  marks: null,
};

/** The outcome of something that was not asked. */
export const blankOutcome = (
  status: Status,
  summary: string,
  failureMode: FailureMode | null = null,
): AttemptOutcome => ({
  status,
  failureMode,
  phase: null,
  hop: null,
  answeredBy: null,
  ...noFindings,
  httpStatus: null,
  address: null,
  timingsMs: { resolve: null, connect: null, tls: null, processing: null, transfer: null, total: null },
  evidence: {
    summary,
    code: null,
    body: null,
    headers: {},
    resolution: null,
    connects: [],
    certificate: null,
    addresses: [],
    redirects: [],
    version: null,
    traceId: null,
    loopLateMs: 0,
  },
});

/** The text of an error that the monitor's own code threw. */
const thrown = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : typeof error);

/**
 * Describes a defect of the monitor in one sentence. Redact first, then shorten: half a key is no longer recognised.
 */
export const defectWords = (of: string, error: unknown): string =>
  `A defect in the monitor kept it from ${of}: ${thrown(error)}`;

/** The outcome when judging failed: nothing is known about the target. */
export const defectOutcome = (error: unknown, redact: (text: string) => string): AttemptOutcome =>
  blankOutcome('inconclusive', redact(defectWords('judging this', error)), 'probe-error');
