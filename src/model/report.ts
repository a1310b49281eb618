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

/** What one address of a name showed, where each is asked by itself. */
export interface AddressEvidence {
  /** With its port. */
  readonly address: string;
  readonly status: Status;
  readonly failureMode: FailureMode | null;
  readonly code: string | null;
  readonly summary: string;
  readonly certificate: CertificateEvidence | null;
}

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
  /** What each address showed, in order; only of certificates. */
  readonly addresses: readonly AddressEvidence[];
  readonly redirects: readonly RedirectEvidence[];
  /** The platform's or MLflow's version, where the answer names it. */
  readonly version: string | null;
  readonly traceId: string | null;
  readonly loopLateMs: number;
}

/** A dependency, and how a health route says that it is. */
export interface Dependency {
  readonly name: string;
  readonly state: 'healthy' | 'degraded' | 'unhealthy';
}

/** What a whole answer tells. Later stages read it here: what is shown of the answer decides nothing. */
export interface AnswerFindings {
  /** What the answer says is behind the failure; null: it does not tell, or does not fail. */
  readonly cause: ToldCause | null;
  /** Those that a health route names, unhealthy ones first; empty for any other answer. */
  readonly dependencies: readonly Dependency[];
  /** The same for all answers of one kind by one answerer (classify/fingerprint.ts); null: there was no whole answer. */
  readonly fingerprint: string | null;
}

/** One attempt of a target, judged by itself. */
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
  /** What of the host it looks at. */
  readonly aspect: Aspect;
  /** All attempts, in order; empty when nothing was asked. The outcome's own fields are those of the decisive one. */
  readonly attempts: readonly AttemptOutcome[];
  /** Fails as it did in the baseline: no symptom. */
  readonly known: boolean;
}

/** One step of the model-registration flow. Its fields are those of the answer that decided it. */
export interface StepOutcome extends AttemptOutcome {
  readonly id: StepId;
  /** All requests of the step, and the waits between them. */
  readonly durationMs: number;
  readonly requests: number;
  /** Fails as it did in the baseline: no symptom. */
  readonly known: boolean;
}

/** Something that the flow made. */
export interface Made {
  readonly thing: MadeThing;
  /** Its id or name at MLflow. */
  readonly id: string;
}

export interface CleanupOutcome {
  /** `degraded`: something was left behind; `skipped`: nothing was made. */
  readonly status: Status;
  readonly failureMode: FailureMode | null;
  readonly durationMs: number;
  readonly requests: number;
  readonly removed: readonly Made[];
  readonly leftBehind: readonly Made[];
  /** What earlier runs had left, and this one removed. */
  readonly swept: readonly Made[];
  /** The first failing answer; null: none failed. */
  readonly evidence: Evidence | null;
}

/** What the flow has learned besides its outcomes, for the diagnosis. */
export interface RegistrationFacts {
  /** Per form of the key: null when it was accepted, else in which way it was not. Absent: not tried. */
  readonly credentialForms: Readonly<Partial<Record<'bearer' | 'x-api-key', FailureMode | null>>>;
  readonly firstFailure: StepId | null;
  /** Whether any read of the registry passed; null: none was tried. */
  readonly readsWork: boolean | null;
  readonly writesWork: boolean | null;
  /** Whether all up- and downloads of artifacts passed that were tried; null: none was. */
  readonly artifactsWork: boolean | null;
  /** The way on which the bodies of DELETE requests arrive; null: none, or not tried. */
  readonly deletesThrough: string | null;
  /** False: a server older than MLflow 3, so the steps with logged models are left out; null: not known. */
  readonly loggedModels: boolean | null;
}

/** The model-registration flow of one cycle. */
export interface Registration {
  readonly status: Status;
  /** The name that the registered model has, or would have had. */
  readonly model: string;
  readonly durationMs: number;
  readonly requests: number;
  readonly steps: readonly StepOutcome[];
  readonly cleanup: CleanupOutcome;
  readonly facts: RegistrationFacts;
}

/** Nothing that was asked got past this phase: what failed tells of the way from here, and not of the platform. */
export interface Blindness {
  readonly phase: Extract<Phase, 'resolve' | 'connect' | 'tls' | 'processing'>;
  /** The target outside of the platform that is stopped alike; null: none was, and it may also be the platform as a whole. */
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
  /** Why the monitor sees nothing; null: it sees. Decided once, for verdict, diagnosis and incidents alike. */
  readonly blind: Blindness | null;
  readonly outcomes: readonly Outcome[];
  /** Null: the flow was left out. */
  readonly registration: Registration | null;
  /** What explains it. */
  readonly diagnosis: Diagnosis;
  /** What earlier cycles told, where they are remembered. */
  readonly history: History | null;
  /** What changed for the better against the baseline: targets that failed there and pass now. */
  readonly recovered: readonly string[];
  readonly prober: { readonly name: string; readonly version: string };
}
