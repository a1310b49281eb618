import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { markKnown, outcomeOf, recoveredSince, verdictOf } from '../classify/outcome.ts';
import { blindnessOf, unseenIds } from '../classify/reach.ts';
import type { Settings } from '../config/settings.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { defectOutcome } from '../model/blank.ts';
import { isFailure } from '../model/predicates.ts';
import type { Baseline } from '../platform/baseline.ts';
import type { History } from '../platform/history.ts';
import type { NotAttempted, Observation } from '../platform/observation.ts';
import { stepTarget } from '../platform/registration.ts';
import type { Made, Outcome, Registration, Report, Status, StepOutcome } from '../platform/report.ts';
import { aspectOf, type Target } from '../platform/target.ts';
import { probe } from '../probe/probe.ts';
import type { ProbeTools } from '../probe/tools.ts';
import { keepText } from '../raw/keep.ts';
import { runRegistration } from '../registration/flow.ts';
import { withSteps } from '../registration/judge.ts';
import { prober } from '../version.ts';
import { mayBlock } from './do-no-harm.ts';
import { createLimiter, createPacer } from './schedule.ts';
import { createTools } from './tools.ts';

/** What one cycle is given: values, and the two places where it meets the world (clock and network are in `probe`). */
export interface CycleInput {
  readonly settings: Settings;
  readonly apiKey: string | null;
  /** How the targets fared on a healthy day; empty: nothing is known. */
  readonly baseline: Baseline;
  /** Ids of the targets to probe, also when they are switched off; null: all that are enabled. */
  readonly only: readonly string[] | null;
  /** From now until the report must be there; what is unfinished then is inconclusive. */
  readonly deadlineMs: number;
  /** Ends the cycle before that: probes at once, the flow when it has cleaned up. */
  readonly stop?: AbortSignal;
  /** Whether the model-registration flow is run, too. */
  readonly registration: boolean;
  /** What earlier cycles told; it is not waited for before the probes are under way. */
  readonly history?: Promise<History | null>;
  /** Called with each outcome as it becomes known. */
  readonly onOutcome?: (outcome: Outcome) => void;
  /** Called with each step of the flow as it ends. */
  readonly onStep?: (step: StepOutcome) => void;
  /** Called as the flow begins, with what tells at any time what it has made and not deleted yet. */
  readonly onFlow?: (made: () => readonly Made[]) => void;
}

/** One cycle: every target is probed and judged, and the report says how they fared. Throws only when the monitor itself fails. */
export const runCycle = async (input: CycleInput): Promise<Report> => {
  // Awaited at the end: until then nobody would hear that it failed.
  input.history?.catch(() => undefined);
  const startedAt = Date.now();
  const began = performance.now();
  const tools = createTools(input, began);
  const [probed, flow] = await Promise.all([
    probeAll(selectTargets(input.settings, input.only), input, tools),
    input.registration ? runRegistration({ ...input, tools }) : null,
  ]);
  const seen = whatWasSeen(probed, flow, input.settings);
  const history = (await input.history) ?? null;
  return {
    schemaVersion: 1,
    runId: randomUUID(),
    environment: input.settings.environment,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: performance.now() - began,
    verdict: verdictOf(seen),
    ...seen,
    diagnosis: diagnose(seen, input.settings.targets, history),
    history,
    recovered: recoveredSince(seen, input.baseline),
    prober,
  };
};

/** A blind monitor learned nothing from what failed: that is unknown then. */
const whatWasSeen = (
  outcomes: readonly Outcome[],
  registration: Registration | null,
  { targets, registration: { through } }: Settings,
): Pick<Report, 'blind' | 'outcomes' | 'registration'> => {
  const asked = { outcomes, registration, targets, through };
  const blind = blindnessOf(asked);
  if (blind === null) return { blind, outcomes, registration };
  const unseen = unseenIds(asked, blind);
  const asSeen = <T extends { readonly status: Status }>(id: string, one: T): T =>
    unseen.has(id) && one.status === 'fail' ? { ...one, status: 'inconclusive' } : one;
  return {
    blind,
    outcomes: outcomes.map((outcome) => asSeen(outcome.target, outcome)),
    registration:
      registration &&
      withSteps(
        registration,
        registration.steps.map((step) => asSeen(stepTarget(step.id), step)),
      ),
  };
};

export const selectTargets = ({ targets }: Settings, only: readonly string[] | null): readonly Target[] =>
  only === null ? targets.filter(({ enabled }) => enabled) : targets.filter(({ id }) => only.includes(id));

/** A defect that one target's answer brings to light costs that target's outcome, and no other. */
const contained =
  (work: (target: Target) => Promise<Outcome>, { keep }: ProbeTools) =>
  async (target: Target): Promise<Outcome> => {
    try {
      return await work(target);
    } catch (error) {
      const outcome = defectOutcome(error, keepText(keep, 'detail'));
      return {
        target: target.id,
        host: target.host,
        aspect: aspectOf(target),
        ...outcome,
        attempts: [outcome],
        known: false,
      };
    }
  };

/** All targets at once; those that could block the platform wait for what they depend on, and go one at a time. */
const probeAll = async (
  targets: readonly Target[],
  { baseline, onOutcome }: CycleInput,
  tools: ProbeTools,
): Promise<readonly Outcome[]> => {
  const limited = createLimiter(tools.limits.concurrency);
  const alone = createLimiter(1);
  const paced = createPacer();
  const known = new Map<string, Promise<Outcome>>();

  const judged = (target: Target, observations: readonly [Observation, ...Observation[]]): Outcome =>
    markKnown(target.id, outcomeOf(target, observations, tools.limits), baseline);
  const attempt = (target: Target): Promise<Observation> =>
    limited(async () => {
      await paced();
      return probe(target, tools);
    });
  const ask = contained(async (target) => {
    const first = await attempt(target);
    const outcome = judged(target, [first]);
    if (!needsConfirmation(outcome, tools)) return outcome;
    // Interrupted, the second attempt is not made, and the first one tells.
    await pause(tools.limits.confirmPauseMs, undefined, { signal: tools.stop }).catch(() => undefined);
    if (tools.stop.aborted) return outcome;
    return judged(target, [first, await attempt(target)]);
  }, tools);
  const askDeep = async (target: Target): Promise<Outcome> => {
    // By then all are under way, also those that wait themselves and come later.
    await Promise.resolve();
    const dependencies = await Promise.all(target.after.map((id) => known.get(id) ?? null));
    const failing = dependencies.find((outcome) => outcome !== null && mayBlock(outcome));
    if (failing !== null && failing !== undefined) return judged(target, [notAsked(target, failing)]);
    // What does not reach the API cannot block it.
    const reached = dependencies.every((outcome) => outcome === null || outcome.status !== 'fail');
    return reached ? alone(() => ask(target)) : ask(target);
  };

  const ordered = [...targets].sort((a, b) => a.after.length - b.after.length);
  for (const target of ordered) {
    const outcome = target.after.length === 0 ? ask(target) : askDeep(target);
    known.set(
      target.id,
      outcome.then((value) => {
        onOutcome?.(value);
        return value;
      }),
    );
  }
  return Promise.all(targets.flatMap(({ id }) => known.get(id) ?? []));
};

/** A failure is repeated once, on a fresh connection, when time is left for as much as it took; a known one is no news. */
const needsConfirmation = (outcome: Outcome, { cycleEndsAt, limits, stop }: ProbeTools): boolean => {
  if (stop.aborted) return false;
  const leftMs = cycleEndsAt - performance.now() - limits.confirmPauseMs;
  return isFailure(outcome) && leftMs > (outcome.timingsMs.total ?? 0);
};

const notAsked = (target: Target, failing: Outcome): NotAttempted => ({
  kind: 'not-attempted',
  target: target.id,
  reason: 'dependency-failing',
  detail: `${failing.target} is ${failing.failureMode ?? failing.status}`,
});
