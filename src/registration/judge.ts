import { withStatus } from '../model/predicates.ts';
import type { CleanupOutcome, Registration, RegistrationFacts, Status, StepOutcome } from '../model/report.ts';
import { registrationSteps, type StepId } from '../platform/flow-steps.ts';
import type { Hop } from '../platform/hops.ts';

/**
 * Status of the whole flow. A failure known from the baseline is not a symptom. A flow in which no step passed was not
 * run.
 */
export const statusOf = (steps: readonly StepOutcome[], cleanup: CleanupOutcome): Status => {
  const has = (status: Status): boolean => withStatus(steps, status).length > 0;
  if (has('fail')) return 'fail';
  if (has('inconclusive')) return 'inconclusive';
  if (has('degraded') || cleanup.status === 'degraded') return 'degraded';
  return has('pass') ? 'pass' : 'skipped';
};

type Learned = Pick<RegistrationFacts, 'credentialForms' | 'deletesThrough' | 'loggedModels'>;

export const factsOf = (flow: Learned, steps: readonly StepOutcome[]): RegistrationFacts => ({
  credentialForms: flow.credentialForms,
  firstFailure: steps.find(({ status }) => status === 'fail')?.id ?? null,
  readsWork: anyWorks(steps.filter(({ id }) => !ofArtifacts(id) && registrationSteps[id].effect === 'read')),
  writesWork: anyWorks(steps.filter((step) => !ofArtifacts(step.id) && triesWrite(step))),
  artifactsWork: allWork(steps.filter(({ id }) => ofArtifacts(id))),
  deletesThrough: flow.deletesThrough,
  loggedModels: flow.loggedModels,
});

/** The flow with other outcomes for its steps, judged again. */
export const withSteps = (flow: Registration, steps: readonly StepOutcome[]): Registration => ({
  ...flow,
  steps,
  status: statusOf(steps, flow.cleanup),
  facts: factsOf(flow.facts, steps),
});

const ofArtifacts = (id: StepId): boolean => {
  const hops: readonly Hop[] = registrationSteps[id].hops;
  return hops.includes('artifact-store');
};

/** A write was tried. An experiment that already existed was not written. */
const triesWrite = ({ id, status }: StepOutcome): boolean =>
  registrationSteps[id].effect === 'write' && (id !== 'experiment' || status === 'fail');

export const hasWritten = (step: StepOutcome): boolean =>
  triesWrite(step) && (step.status === 'pass' || step.status === 'degraded');

const tried = (steps: readonly StepOutcome[]): readonly StepOutcome[] =>
  steps.filter(({ status }) => status === 'pass' || status === 'degraded' || status === 'fail');

const anyWorks = (steps: readonly StepOutcome[]): boolean | null =>
  tried(steps).length === 0 ? null : tried(steps).some(({ status }) => status !== 'fail');

const allWork = (steps: readonly StepOutcome[]): boolean | null =>
  tried(steps).length === 0 ? null : tried(steps).every(({ status }) => status !== 'fail');
