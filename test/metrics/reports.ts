import fc from 'fast-check';
import { blankOutcome } from '../../src/model/blank.ts';
import type { Candidate, Diagnosis } from '../../src/model/diagnosis.ts';
import { type FailureMode, failureModes } from '../../src/model/failure-modes.ts';
import type {
  AttemptOutcome,
  CleanupOutcome,
  Made,
  Outcome,
  Registration,
  Report,
  Status,
  StepOutcome,
} from '../../src/model/report.ts';
import type { Aspect } from '../../src/model/target.ts';
import { type MadeThing, madeThings, type StepId, stepIds } from '../../src/platform/flow-steps.ts';
import { type HypothesisId, hypotheses, hypothesisIds } from '../../src/platform/hypotheses.ts';
import { factsOf, statusOf } from '../../src/registration/judge.ts';

const noEvidence = blankOutcome('pass', 'as it should be').evidence;

const attempted = (status: Status, failureMode: FailureMode | null, totalMs: number | null): AttemptOutcome => {
  const blank = blankOutcome(status, 'as it should be', failureMode);
  return { ...blank, timingsMs: { ...blank.timingsMs, total: totalMs } };
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
    aspect = 'answer',
    host = target.split('.')[0] ?? target,
  }: {
    readonly failureMode?: FailureMode | null;
    readonly totalMs?: number | null;
    readonly known?: boolean;
    readonly daysLeft?: number | null;
    readonly aspect?: Aspect;
    readonly host?: string;
  } = {},
): Outcome => ({
  target,
  host,
  aspect,
  ...attempted(status, failureMode, totalMs),
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

/** A step of the flow, in a few words. */
export const step = (
  id: StepId,
  status: Status,
  {
    failureMode = null,
    durationMs = 20,
    requests = 1,
    known = false,
    summary = noEvidence.summary,
  }: {
    readonly failureMode?: FailureMode | null;
    readonly durationMs?: number;
    readonly requests?: number;
    readonly known?: boolean;
    readonly summary?: string;
  } = {},
): StepOutcome => ({
  ...attempted(status, failureMode, status === 'skipped' ? null : durationMs),
  evidence: { ...noEvidence, summary },
  id,
  durationMs,
  requests,
  known,
});

/** Every step passes, but for those that are given. */
export const stepsWith = (changed: readonly StepOutcome[]): readonly StepOutcome[] =>
  stepIds.map((id) => changed.find((one) => one.id === id) ?? step(id, 'pass'));

/** One step fails, what comes before it passes, and all that comes after is skipped. */
export const stoppedAt = (failing: StepOutcome): readonly StepOutcome[] =>
  stepIds.map((id, index) => {
    if (id === failing.id) return failing;
    return index < stepIds.indexOf(failing.id) ? step(id, 'pass') : step(id, 'skipped', { requests: 0 });
  });

export const cleanup = (leftBehind: readonly Made[], rest: Partial<CleanupOutcome> = {}): CleanupOutcome => ({
  status: leftBehind.length > 0 ? 'degraded' : 'pass',
  failureMode: leftBehind.length > 0 ? 'cleanup-failed' : null,
  durationMs: 120,
  requests: 9,
  removed: [],
  leftBehind,
  swept: [],
  evidence: leftBehind.length > 0 ? { ...noEvidence, summary: '502 by the application: MLflow is away' } : null,
  ...rest,
});

export const flow = (steps: readonly StepOutcome[], rest: Partial<Registration> = {}): Registration => ({
  status: statusOf(steps, cleanup([])),
  model: 'hokusai-synthetics-1',
  durationMs: 400,
  requests: 40,
  steps,
  cleanup: cleanup([]),
  facts: factsOf(
    {
      credentialForms: { bearer: null, 'x-api-key': null },
      deletesThrough: 'https://registry.hokus.ai/api/mlflow',
      loggedModels: true,
    },
    steps,
  ),
  ...rest,
});

/** A hypothesis that explains it, in a few words. */
export const candidate = (id: HypothesisId, probability: number, rest: Partial<Candidate> = {}): Candidate => ({
  id,
  fault: 0,
  probability,
  explains: [],
  contradicts: [],
  hop: hypotheses[id].hop,
  hosts: null,
  ...rest,
});

const noDiagnosis: Diagnosis = { status: 'healthy', hypotheses: [], faults: [], unexplained: [], paths: [] };

export const report = (outcomes: readonly Outcome[], rest: Partial<Report> = {}): Report => ({
  schemaVersion: 1,
  runId: 'a-run',
  environment: 'development',
  startedAt: '2026-11-21T02:57:00.000Z',
  durationMs: 1_900,
  verdict: 'healthy',
  blind: null,
  outcomes,
  registration: null,
  diagnosis: noDiagnosis,
  history: null,
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

const anyMade = fc.record({ thing: fc.constantFrom<MadeThing>(...madeThings), id: anyText });

const anyFlow: fc.Arbitrary<Registration> = fc
  .record({
    steps: fc.array(
      fc
        .record({
          id: fc.constantFrom(...stepIds),
          status: fc.constantFrom(...statuses),
          failureMode: fc.option(fc.constantFrom(...modes)),
          durationMs: anyNumber,
          known: fc.boolean(),
        })
        .map(({ id, status, ...rest }) => step(id, status, rest)),
    ),
    status: fc.constantFrom(...statuses),
    durationMs: anyNumber,
    leftBehind: fc.array(anyMade, { maxLength: 20 }),
  })
  .map(({ steps, leftBehind, ...rest }) => flow(steps, { ...rest, cleanup: cleanup(leftBehind) }));

/** Any report whatever, also such as no cycle would make: names in every script, times that are no numbers. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    outcomes: fc.array(anyOutcome, { maxLength: 400 }),
    registration: fc.option(anyFlow),
    environment: anyText,
    durationMs: anyNumber,
    faults: fc.array(fc.array(fc.constantFrom(...hypothesisIds), { minLength: 1, maxLength: 4 }), { maxLength: 3 }),
  })
  .map(({ outcomes, faults, ...rest }) =>
    report(outcomes, { ...rest, diagnosis: { ...noDiagnosis, status: 'match', faults } }),
  );
