import type { Baseline } from '../model/baseline.ts';
import { median } from '../model/median.ts';
import type { Outcome, Registration, StepOutcome } from '../model/report.ts';
import type { Target } from '../model/target.ts';
import { ownMsOfStep } from '../normal/flow-parts.ts';
import { ownMs } from '../normal/measure.ts';
import { registrationSteps, stepTarget } from '../platform/flow-steps.ts';
import { withSteps } from '../registration/judge.ts';
import { asDegraded } from './as-degraded.ts';

/** When a part of the platform is slower than in the baseline. One late response is chance: several have to be. */
const limits = {
  /** The flow asks one thing after the other, so its times hardly depend on the prober's own load: this many times the baseline. */
  flowTimes: 3,
  /** A single step of the flow, done twice, and requests that are all sent at once: two healthy cycles differ by up to three times. */
  times: 5,
  /** Milliseconds more than in the baseline; less harms nobody. For a step of the flow … */
  stepExcessMs: 250,
  /** … for requests that are all sent at once … */
  excessMs: 500,
  /** … and for a step that is done twice: two lost packets in a row cost less. */
  twiceExcessMs: 1_000,
  /** Late ones that are not chance, if they are also a third of all. */
  late: 4,
  /** Requests elsewhere that show how slow everything is at the moment. */
  elsewhere: 3,
} as const;

/** A request or a step that passes now and did in the baseline. Milliseconds. */
interface Compared {
  readonly id: string;
  readonly ms: number;
  readonly normalMs: number;
  /** What the step makes; empty: nothing. */
  readonly makes: string;
}

interface Seen {
  readonly outcomes: readonly Outcome[];
  readonly registration: Registration | null;
}

/**
 * Marks what is several times slower than in the baseline although within the limit: MLflow, through which all that
 * counts passes. It is measured against the requests of the same cycle that do not reach MLflow, because a busy prober or
 * network makes everything slow.
 */
export const againstBaseline = (seen: Seen, targets: readonly Target[], baseline: Baseline): Seen => {
  const before = new Map(normalOf(baseline));
  const http = new Map(targets.filter(({ kind }) => kind === 'http').map((target) => [target.id, target]));
  const asked = seen.outcomes.flatMap((outcome) => {
    const target = http.get(outcome.target);
    const one =
      target && comparedWith(before.get(outcome.target), outcome.target, isWell(outcome) ? ownMs(outcome) : null);
    return target === undefined || one === null || one === undefined ? [] : [{ ...one, target }];
  });
  const elsewhere = asked.filter(({ target: { hops } }) => !hops.includes('mlflow'));
  if (elsewhere.length < limits.elsewhere) return seen;
  const load = Math.max(1, median(elsewhere.map(({ ms, normalMs }) => ms / normalMs)));
  const atMlflow = asked.filter(({ target: { hops } }) => hops.includes('mlflow'));
  const steps = (seen.registration?.steps ?? []).flatMap((step) => comparedStep(step, before));
  const slow = new Map(
    [
      ...most(atMlflow, { times: limits.times * load, excessMs: limits.excessMs }),
      ...most(steps, { times: limits.flowTimes * load, excessMs: limits.stepExcessMs }),
      ...twice(steps, { times: limits.times * load, excessMs: limits.twiceExcessMs }),
    ].map((one) => [one.id, one]),
  );
  return slow.size === 0 ? seen : marked(seen, slow, http);
};

/** Of what passed. The state before a change counts, too: the change may have made it slow. */
const normalOf = (baseline: Baseline): readonly (readonly [string, number | null])[] =>
  baseline
    .filter(({ status }) => status === 'pass')
    .map(({ target, durationMs, timingsMs }) => [target, durationMs ?? timingsMs?.total ?? null]);

const isWell = ({ status, known }: Pick<Outcome, 'status' | 'known'>): boolean => status === 'pass' && !known;

const comparedWith = (normalMs: number | null | undefined, id: string, ms: number | null): Compared | null =>
  normalMs === null || normalMs === undefined || ms === null
    ? null
    : { id, ms: Math.max(1, ms), normalMs: Math.max(1, normalMs), makes: '' };

const comparedStep = (step: StepOutcome, before: ReadonlyMap<string, number | null>): readonly Compared[] => {
  const id = stepTarget(step.id);
  const one = comparedWith(before.get(id), id, isWell(step) ? ownMsOfStep(step) : null);
  return one === null ? [] : [{ ...one, makes: registrationSteps[step.id].makes.join() }];
};

interface Bounds {
  readonly times: number;
  readonly excessMs: number;
}

const lateIn = (all: readonly Compared[], { times, excessMs }: Bounds): readonly Compared[] =>
  all.filter(({ ms, normalMs }) => ms >= normalMs * times && ms >= normalMs + excessMs);

/** The late ones, if they are many and all together take so many times as long. */
const most = (all: readonly Compared[], bounds: Bounds): readonly Compared[] => {
  const late = lateIn(all, bounds);
  const sum = (of: (one: Compared) => number): number => all.reduce((total, one) => total + of(one), 0);
  const isSlow = sum(({ ms }) => ms) >= bounds.times * sum(({ normalMs }) => normalMs);
  return isSlow && late.length >= limits.late && late.length * 3 >= all.length ? late : [];
};

/** The flow makes some things twice. If both are late, it is not chance. */
const twice = (all: readonly Compared[], bounds: Bounds): readonly Compared[] =>
  [...Map.groupBy(lateIn(all, bounds), ({ makes }) => makes)].flatMap(([makes, late]) =>
    makes !== '' && late.length > 1 ? late : [],
  );

const marked = (
  { outcomes, registration }: Seen,
  slow: ReadonlyMap<string, Compared>,
  targets: ReadonlyMap<string, Target>,
): Seen => {
  const words = ({ ms, normalMs }: Compared): string =>
    `${Math.round(ms)} ms, ${Math.round(normalMs)} ms in the baseline`;
  return {
    outcomes: outcomes.map((outcome) => {
      const one = slow.get(outcome.target);
      if (one === undefined) return outcome;
      const late = asDegraded('slow', targets.get(outcome.target)?.hops ?? [], () => words(one));
      return { ...outcome, ...late(outcome), attempts: outcome.attempts.map(late) };
    }),
    registration:
      registration &&
      withSteps(
        registration,
        registration.steps.map((step) => {
          const one = slow.get(stepTarget(step.id));
          if (one === undefined) return step;
          const late = asDegraded('slow', registrationSteps[step.id].hops, () => `the step took ${words(one)}`)(step);
          return { ...step, ...late, normalMs: Math.round(one.normalMs) };
        }),
      ),
  };
};
