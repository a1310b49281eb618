import type { Answerer } from './answerers.ts';
import type { FailureMode } from './failure-modes.ts';
import type { Hop } from './hops.ts';
import type {
  CertificateEvidence,
  ConnectEvidence,
  RedirectEvidence,
  ResolutionEvidence,
  Timings,
} from './observation.ts';
import type { Phase } from './phases.ts';

export type Status = 'pass' | 'degraded' | 'fail' | 'inconclusive' | 'skipped';
export type Verdict = 'healthy' | 'degraded' | 'failing' | 'inconclusive';

/** What a person needs to believe an outcome. */
export interface Evidence {
  /** One line: what was seen. */
  readonly summary: string;
  /** The cause's own code, where there is one (ENOTFOUND, CERT_HAS_EXPIRED, HPE_INVALID_CONSTANT …). */
  readonly code: string | null;
  /** The start of the body of an answer that is not healthy. */
  readonly body: string | null;
  /** The headers that tell who answered. */
  readonly headers: Readonly<Record<string, string>>;
  readonly resolution: ResolutionEvidence | null;
  readonly connects: readonly ConnectEvidence[];
  readonly certificate: CertificateEvidence | null;
  readonly redirects: readonly RedirectEvidence[];
  /** The platform's or MLflow's version, where the answer names it. */
  readonly version: string | null;
  readonly traceId: string | null;
  readonly loopLateMs: number;
}

/** One attempt of a target, judged by itself. */
export interface AttemptOutcome {
  readonly status: Status;
  readonly failureMode: FailureMode | null;
  readonly phase: Phase | null;
  readonly hop: Hop | null;
  readonly answeredBy: Answerer | null;
  readonly httpStatus: number | null;
  readonly address: string | null;
  readonly timingsMs: Timings;
  readonly evidence: Evidence;
}

export interface Outcome extends AttemptOutcome {
  readonly target: string;
  readonly host: string;
  /** All attempts, in order; empty when nothing was asked. The outcome's own fields are those of the decisive one. */
  readonly attempts: readonly AttemptOutcome[];
  /** Fails as it did in the baseline: no symptom. */
  readonly known: boolean;
}

export interface Report {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly verdict: Verdict;
  readonly outcomes: readonly Outcome[];
  /** What changed for the better against the baseline: targets that failed there and pass now. */
  readonly recovered: readonly string[];
  readonly prober: { readonly name: string; readonly version: string };
}
