import type { MadeThing, StepId } from '../platform/flow-steps.ts';
import type { Hop } from '../platform/hops.ts';
import type { Answerer } from './answerers.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { FailureMode } from './failure-modes.ts';
import type { History } from './history.ts';
import type {
  CertificateEvidence,
  ConnectEvidence,
  RedirectEvidence,
  ResolutionEvidence,
  Timings,
} from './observation.ts';
import type { Phase } from './phases.ts';
import type { Aspect } from './target.ts';
import type { ToldCause } from './told-causes.ts';

export type Status = 'pass' | 'degraded' | 'fail' | 'inconclusive' | 'skipped';
export type Verdict = 'healthy' | 'degraded' | 'failing' | 'inconclusive';

/** The result of one address of a name, if each address is asked separately. */
export interface AddressEvidence {
  /** With its port. */
  readonly address: string;
  readonly status: Status;
  readonly failureMode: FailureMode | null;
  readonly code: string | null;
  readonly summary: string;
  readonly certificate: CertificateEvidence | null;
}

/** The evidence that supports an outcome. */
export interface Evidence {
  /** What was seen, in one line. */
  readonly summary: string;
  /** The native error code, if there is one (ENOTFOUND, CERT_HAS_EXPIRED, HPE_INVALID_CONSTANT …). */
  readonly code: string | null;
  /** The start of the body of an unhealthy response. */
  readonly body: string | null;
  /** The headers that identify the answerer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly resolution: ResolutionEvidence | null;
  readonly connects: readonly ConnectEvidence[];
  readonly certificate: CertificateEvidence | null;
  /** The result of each address, in order; certificates only. */
  readonly addresses: readonly AddressEvidence[];
  readonly redirects: readonly RedirectEvidence[];
  /** The platform's or MLflow's version, if the response names it. */
  readonly version: string | null;
  readonly traceId: string | null;
  readonly loopLateMs: number;
}

/** A dependency and its state as a health route reports it. */
export interface Dependency {
  readonly name: string;
  readonly state: 'healthy' | 'degraded' | 'unhealthy';
}

/** What the whole response says. Later stages read it here; the excerpt that is shown decides nothing. */
export interface AnswerFindings {
  /** What the response names as the cause of the failure; null if it names none or does not fail. */
  readonly cause: ToldCause | null;
  /** Dependencies that a health route names, unhealthy ones first; empty for any other response. */
  readonly dependencies: readonly Dependency[];
  /**
   * Equal for all responses of one kind from one answerer (classify/fingerprint.ts); null without a complete response.
   */
  readonly fingerprint: string | null;
}

/** One attempt on a target, judged on its own. */
export interface AttemptOutcome extends AnswerFindings {
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
  /** The aspect of the host that it looks at. */
  readonly aspect: Aspect;
  /** All attempts, in order; empty if nothing was asked. The outcome's own fields are those of the decisive attempt. */
  readonly attempts: readonly AttemptOutcome[];
  /** Fails as it did in the baseline: not a symptom. */
  readonly known: boolean;
}

/** One step of the model-registration flow. Its fields are those of the response that decided it. */
export interface StepOutcome extends AttemptOutcome {
  readonly id: StepId;
  /** All requests of the step and the waits between them. */
  readonly durationMs: number;
  readonly requests: number;
  /** Fails as it did in the baseline: not a symptom. */
  readonly known: boolean;
}

/** Something that the flow created. */
export interface Made {
  readonly thing: MadeThing;
  /** Its id or name in MLflow. */
  readonly id: string;
}

export interface CleanupOutcome {
  /** `degraded`: something was left behind; `skipped`: nothing was created. */
  readonly status: Status;
  readonly failureMode: FailureMode | null;
  readonly durationMs: number;
  readonly requests: number;
  readonly removed: readonly Made[];
  readonly leftBehind: readonly Made[];
  /** Left-overs of earlier runs that this run removed. */
  readonly swept: readonly Made[];
  /** The first failing response; null if none failed. */
  readonly evidence: Evidence | null;
}

/** What the flow learned for the diagnosis, besides its outcomes. */
export interface RegistrationFacts {
  /** Per form of the key: null if accepted, otherwise how it failed. Absent: not tried. */
  readonly credentialForms: Readonly<Partial<Record<'bearer' | 'x-api-key', FailureMode | null>>>;
  readonly firstFailure: StepId | null;
  /** Whether any read of the registry passed; null if none was tried. */
  readonly readsWork: boolean | null;
  readonly writesWork: boolean | null;
  /** Whether every attempted artifact upload and download passed; null if none was tried. */
  readonly artifactsWork: boolean | null;
  /** The base URL through which DELETE bodies arrive; null if none, or not tried. */
  readonly deletesThrough: string | null;
  /** False: a server older than MLflow 3, so the steps with logged models are left out; null if not known. */
  readonly loggedModels: boolean | null;
}

/** The model-registration flow of one cycle. */
export interface Registration {
  readonly status: Status;
  /** The registered model's name, whether or not it was created. */
  readonly model: string;
  readonly durationMs: number;
  readonly requests: number;
  readonly steps: readonly StepOutcome[];
  readonly cleanup: CleanupOutcome;
  readonly facts: RegistrationFacts;
}

/** No request got past this phase: the failures concern the network path from here, not the platform. */
export interface Blindness {
  readonly phase: Extract<Phase, 'resolve' | 'connect' | 'tls' | 'processing'>;
  /**
   * The target outside the platform that is stopped in the same way; null if there is none, so it may also be the whole
   * platform.
   */
  readonly control: string | null;
}

export interface Report {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly verdict: Verdict;
  /** Why the monitor sees nothing; null if it sees. Decided once for the verdict, diagnosis and incidents. */
  readonly blind: Blindness | null;
  readonly outcomes: readonly Outcome[];
  /** Null: the flow was left out. */
  readonly registration: Registration | null;
  readonly diagnosis: Diagnosis;
  /** What earlier cycles say, if they are remembered. */
  readonly history: History | null;
  /** Ids of requests that failed in the baseline and pass now. */
  readonly recovered: readonly string[];
  readonly prober: { readonly name: string; readonly version: string };
}
