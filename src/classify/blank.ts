import type { FailureMode } from '../platform/failure-modes.ts';
import type { AttemptOutcome, Status } from '../platform/report.ts';

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
    redirects: [],
    version: null,
    traceId: null,
    loopLateMs: 0,
  },
});
