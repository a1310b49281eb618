import type { Diagnosis } from './diagnosis.ts';
import type { OutputOf } from './output-of.ts';
import type { evidence } from './report-schema/evidence.ts';
import type { followUp } from './report-schema/follow-up.ts';
import type { status } from './report-schema/judged.ts';
import type { asked, attempt, dependency, findings, outcome } from './report-schema/outcome.ts';
import type { cleanup, facts, made, registration, step } from './report-schema/registration.ts';
import type { blindness, report, verdict } from './report-schema/report.ts';

/* Shapes, and what their fields mean, are written in report-schema/. */

export type Status = OutputOf<typeof status>;
export type Verdict = OutputOf<typeof verdict>;

export type Evidence = OutputOf<typeof evidence>;
export type AddressEvidence = Evidence['addresses'][number];
export type Dependency = OutputOf<typeof dependency>;
export type AnswerFindings = OutputOf<typeof findings>;
export type AttemptOutcome = OutputOf<typeof attempt>;
export type Asked = OutputOf<typeof asked>;
export type Outcome = OutputOf<typeof outcome>;

export type FollowUp = OutputOf<typeof followUp>;

export type StepOutcome = OutputOf<typeof step>;
export type Made = OutputOf<typeof made>;
export type CleanupOutcome = OutputOf<typeof cleanup>;
export type RegistrationFacts = OutputOf<typeof facts>;
export type Registration = OutputOf<typeof registration>;

export type Blindness = OutputOf<typeof blindness>;

/** The report as published. It is the JSON format, and every other format reads it. */
export type DescribedReport = OutputOf<typeof report>;

/** The report before its diagnosis is described for people. */
export interface Report extends Omit<DescribedReport, 'diagnosis' | 'stillFailing'> {
  readonly diagnosis: Diagnosis;
  readonly stillFailing?: StillFailing;
}

/** Known failures that remain to be repaired, diagnosed as if they were new. */
export interface StillFailing {
  readonly requests: readonly string[];
  readonly diagnosis: Diagnosis;
}
