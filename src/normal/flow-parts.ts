import type { FailureMode } from '../model/failure-modes.ts';
import type { Status } from '../model/report.ts';
import { registrationHost, registrationSteps, type StepId } from '../platform/flow-steps.ts';
import type { Hop } from '../platform/hops.ts';

interface Step {
  readonly id: StepId;
  readonly status: Status;
  readonly failureMode: FailureMode | null;
  readonly durationMs: number;
  readonly evidence: { readonly loopLateMs: number };
}

interface FlowPart<T extends Step> {
  /** The id under which its normal is stored. */
  readonly id: string;
  /** Milliseconds of a step on average; null: a step failed or was not finished. */
  readonly ms: number | null;
  readonly steps: readonly T[];
}

/** Milliseconds of a step, without the time for which the prober itself was late. */
export const ownMsOfStep = ({ durationMs, evidence }: Pick<Step, 'durationMs' | 'evidence'>): number =>
  Math.max(0, durationMs - evidence.loopLateMs);

/** The flow's steps by what they do. A single step varies too much and would need an entry of its own. */
export const partsOfFlow = <T extends Step>(steps: readonly T[]): readonly FlowPart<T>[] => {
  const asked = steps.filter(({ status }) => status !== 'skipped');
  return [...Map.groupBy(asked, ({ id }) => partOf(id))].map(([part, own]) => ({
    id: `${registrationHost}.${part}`,
    ms: own.every(isWhole) ? own.reduce((sum, step) => sum + ownMsOfStep(step), 0) / own.length : null,
    steps: own,
  }));
};

const partOf = (id: StepId): 'artifacts' | 'reads' | 'writes' => {
  const { hops, effect }: { readonly hops: readonly Hop[]; readonly effect: string } = registrationSteps[id];
  if (hops.includes('artifact-store')) return 'artifacts';
  return effect === 'read' ? 'reads' : 'writes';
};

const isWhole = ({ status, failureMode }: Step): boolean => status === 'pass' || failureMode === 'slow';
