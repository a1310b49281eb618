import type { Hop } from '../platform/hops.ts';
import { registrationSteps, stepTarget } from '../platform/registration.ts';
import type { Outcome, Report, StepOutcome } from '../platform/report.ts';
import { nameOf, type Target } from '../platform/target.ts';

/** A probe or a step of the flow that was asked, with the way that it went. */
export interface Request extends Pick<Outcome, 'status' | 'failureMode' | 'hop' | 'known'> {
  /** A target's id, or `registration.<step>`. */
  readonly id: string;
  /** The role of the platform's host that it goes to, or the name of another with `//` before it; not what it is grouped under. */
  readonly host: string;
  readonly hops: readonly Hop[];
}

/** The flow goes by the name of this host. */
const hostOfFlow = 'registry';

/** What a cycle asked, in its order. Of a target that is not known here, nobody knows the way. */
export const requestsOf = ({ outcomes, registration }: Report, targets: readonly Target[]): readonly Request[] => {
  const known = new Map(targets.map((target) => [target.id, target]));
  return [
    ...outcomes.map((outcome) => {
      const target = known.get(outcome.target);
      return target === undefined
        ? request(outcome.target, outcome.host, [], outcome)
        : request(target.id, target.role ?? `//${nameOf(target)}`, target.hops, outcome);
    }),
    ...(registration?.steps ?? []).map((step) =>
      request(stepTarget(step.id), hostOfFlow, registrationSteps[step.id].hops, step),
    ),
  ];
};

const request = (
  id: string,
  host: string,
  hops: readonly Hop[],
  { status, failureMode, hop, known }: Outcome | StepOutcome,
): Request => ({ id, host, hops, status, failureMode, hop, known });

/** A symptom: it does not pass, that is news, and how is known. */
export const isSymptom = ({ status, failureMode, known }: Request): boolean =>
  !known && failureMode !== null && (status === 'fail' || status === 'degraded');

/** It was answered, so all hops on its way work in some way. */
export const isAnswered = ({ status }: Request): boolean => status === 'pass' || status === 'degraded';
