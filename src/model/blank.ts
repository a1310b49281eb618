import type { FailureMode } from './failure-modes.ts';
import type { AnswerFindings, AttemptOutcome, Status } from './report.ts';

/** There was no answer. */
export const noFindings: AnswerFindings = { cause: null, dependencies: [], fingerprint: null };

/** The outcome of something for which nothing was asked. */
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

/** What one of our own functions threw. */
const thrown = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : typeof error);

/** A sentence for whoever reports it. Redact first, then shorten: half a key is no longer found. */
export const defectWords = (of: string, error: unknown): string =>
  `A defect in the monitor kept it from ${of}: ${thrown(error)}`;

/** The outcome of something that could not be judged: nothing is known about what was asked. */
export const defectOutcome = (error: unknown, redact: (text: string) => string): AttemptOutcome =>
  blankOutcome('inconclusive', redact(defectWords('judging this', error)), 'probe-error');
