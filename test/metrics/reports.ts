import fc from 'fast-check';
import { type FailureMode, failureModes } from '../../src/platform/failure-modes.ts';
import type { Evidence, Outcome, Report, Status } from '../../src/platform/report.ts';

const noEvidence: Evidence = {
  summary: 'as it should be',
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
};

/** An outcome as classification makes it, in a few words. */
export const outcome = (
  target: string,
  status: Status,
  {
    failureMode = null,
    totalMs = 100,
    known = false,
    daysLeft = null,
    host = target.split('.')[0] ?? target,
  }: {
    readonly failureMode?: FailureMode | null;
    readonly totalMs?: number | null;
    readonly known?: boolean;
    readonly daysLeft?: number | null;
    readonly host?: string;
  } = {},
): Outcome => ({
  target,
  host,
  status,
  failureMode,
  phase: null,
  hop: null,
  answeredBy: null,
  httpStatus: null,
  address: null,
  timingsMs: { resolve: null, connect: null, tls: null, processing: null, transfer: null, total: totalMs },
  evidence: {
    ...noEvidence,
    certificate:
      daysLeft === null
        ? null
        : { subject: '', issuer: '', names: [], validFrom: '', validTo: '', daysLeft, sha256: '', chain: [] },
  },
  attempts: [],
  known,
});

export const report = (outcomes: readonly Outcome[], rest: Partial<Report> = {}): Report => ({
  schemaVersion: 1,
  runId: 'a-run',
  environment: 'development',
  startedAt: '2026-11-21T02:57:00.000Z',
  durationMs: 1_900,
  verdict: 'healthy',
  outcomes,
  recovered: [],
  prober: { name: 'hokusai-synthetics', version: '0' },
  ...rest,
});

const statuses: readonly Status[] = ['pass', 'degraded', 'fail', 'inconclusive', 'skipped'];
const modes = Object.keys(failureModes) as readonly FailureMode[];
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 2_000 }), fc.string({ maxLength: 30 }));
const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constant(Number.MAX_VALUE));

const anyOutcome: fc.Arbitrary<Outcome> = fc
  .record({
    target: anyText,
    host: fc.oneof(anyText, fc.constantFrom('registry', 'auth', 'external')),
    status: fc.constantFrom(...statuses),
    failureMode: fc.option(fc.constantFrom(...modes)),
    totalMs: fc.option(anyNumber),
    daysLeft: fc.option(anyNumber),
    known: fc.boolean(),
  })
  .map(({ target, status, ...rest }) => outcome(target, status, rest));

/** Any report whatever, also such as no cycle would make: names in every script, times that are no numbers. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({ outcomes: fc.array(anyOutcome, { maxLength: 400 }), environment: anyText, durationMs: anyNumber })
  .map(({ outcomes, ...rest }) => report(outcomes, rest));
