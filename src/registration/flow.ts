import { markKnown } from '../classify/outcome.ts';
import type { Settings } from '../config/settings.ts';
import type { Baseline } from '../model/baseline.ts';
import { blankOutcome, defectOutcome } from '../model/blank.ts';
import type { AttemptOutcome, CleanupOutcome, Evidence, Made, Registration, StepOutcome } from '../model/report.ts';
import { registrationSteps, type StepId, stepIds, stepTarget } from '../platform/flow-steps.ts';
import { paths } from '../platform/hops.ts';
import type { Session } from '../probe/session.ts';
import type { ProbeTools } from '../probe/tools.ts';
import { keepText } from '../raw/keep.ts';
import { cleanUp } from './clean-up.ts';
import { Ending } from './ending.ts';
import { NotHere, NotSent, OutOfReach, StepFailure } from './failure.ts';
import { factsOf, hasWritten, statusOf } from './judge.ts';
import { type Clocks, MlflowClient } from './mlflow-client.ts';
import { registrySession } from './registry-session.ts';
import { newRemoval } from './remove.ts';
import { createFlow, type FlowState, stillThere } from './state.ts';
import { stepWork } from './steps.ts';
import { findLeftOvers, removeLeftOvers } from './sweep.ts';

export interface RegistrationInput {
  readonly settings: Settings;
  readonly tools: ProbeTools;
  readonly baseline: Baseline;
  readonly onStep?: (step: StepOutcome) => void;
  /** Called once, with a function that lists at any time what the flow has made and not deleted yet. */
  readonly onFlow?: (made: () => readonly Made[]) => void;
}

/** Left-overs of each kind that one cycle removes. Each takes about fifteen requests. */
const sweptPerCycle = 5;

/**
 * The model-registration flow. Steps run in order, each only if those it needs have passed. Then comes the clean-up,
 * with reserved time at the end of the cycle, whatever happened before. A platform failure is data. Only a defect of
 * ours throws, and not before the clean-up.
 */
export const runRegistration = async (input: RegistrationInput): Promise<Registration> => {
  const { settings, tools } = input;
  const began = performance.now();
  const session = registrySession(tools);
  const flow = createFlow(settings, tools.now());
  const ending = new Ending(tools.stop);
  input.onFlow?.(() => stillThere(flow, tools.keep));
  try {
    const steps = await runSteps(flow, session, ending, input);
    const cleanup = await runCleanup(flow, session, ending, input);
    return {
      status: statusOf(steps, cleanup),
      model: flow.model,
      durationMs: performance.now() - began,
      requests: steps.reduce((sum, { requests }) => sum + requests, cleanup.requests),
      steps,
      cleanup,
      facts: factsOf(flow, steps),
    };
  } finally {
    ending.close();
    session.close();
  }
};

const runSteps = async (
  flow: FlowState,
  session: Session,
  { stop, settled }: Ending,
  input: RegistrationInput,
): Promise<readonly StepOutcome[]> => {
  const { settings, tools, baseline, onStep } = input;
  const { limits } = settings;
  // In a short cycle the reserve is a third at most, so that two thirds remain for the steps.
  const reserveMs = Math.min(limits.cleanupReserveMs, (tools.cycleEndsAt - performance.now()) / 3);
  const done = new Map<StepId, StepOutcome>();
  const finished = new Set<string>();
  for (const id of stepIds) {
    const began = performance.now();
    const clocks: Clocks = {
      timeoutMs: limits.decisiveMs,
      endsAt: tools.cycleEndsAt - (leavesSomething(id, flow) ? Math.max(reserveMs, flow.pace.cleanupMs) : 0),
      stop,
      settled,
    };
    const client = new MlflowClient({
      session,
      tools,
      id: stepTarget(id),
      hops: registrationSteps[id].hops,
      clocks,
      flow,
    });
    const ended = await runStep(id, flow, client, { done, finished, endsAt: clocks.endsAt, input });
    if (ended.status === 'pass' || ended.status === 'degraded') finished.add(id);
    const outcome = stop.aborted ? ended : inTime(ended, flow, done);
    const step: StepOutcome = {
      id,
      ...markKnown(stepTarget(id), { ...outcome, known: false }, baseline),
      durationMs: performance.now() - began,
      requests: client.requests,
    };
    done.set(id, step);
    onStep?.(step);
  }
  return [...done.values()];
};

/** Whether there is, or will be, something to clean up. */
const leavesSomething = (id: StepId, { creations }: FlowState): boolean =>
  creations.size > 0 || registrationSteps[id].makes.length > 0;

/** The state of the flow when a step's turn comes. */
interface StepSituation {
  readonly done: ReadonlyMap<StepId, StepOutcome>;
  /** Ids of the steps that did what they are for, or that the rest can do without. */
  readonly finished: Set<string>;
  /** On the monotonic clock in milliseconds. */
  readonly endsAt: number;
  readonly input: RegistrationInput;
}

const runStep = async (
  id: StepId,
  flow: FlowState,
  client: MlflowClient,
  { done, finished, endsAt, input: { settings, tools } }: StepSituation,
): Promise<AttemptOutcome> => {
  const needs: readonly string[] = registrationSteps[id].needs;
  const unmet = [...done.values()].find((step) => needs.includes(step.id) && !finished.has(step.id));
  if (unmet !== undefined) return blankOutcome('skipped', reasonFor(unmet));
  if (tools.stop.aborted) return new NotSent().outcome;
  if (performance.now() >= endsAt)
    return blankOutcome('inconclusive', 'the cycle ended before this step', 'deadline-exceeded');
  try {
    await stepWork[id](flow, client, settings.limits);
    return client.outcome ?? blankOutcome('pass', '');
  } catch (error) {
    if (error instanceof StepFailure) return error.outcome;
    if (error instanceof OutOfReach) {
      flow.outOfReach ??= error;
      finished.add(id);
      return blankOutcome(error.status, error.message);
    }
    if (error instanceof NotHere) return blankOutcome('skipped', error.message);
    // A defect of ours says nothing about the platform, and the clean-up goes on.
    return defectOutcome(error, keepText(tools.keep, 'detail'));
  }
};

/**
 * Running out of time is inconclusive, unless the platform was slow and something could be written: then a user who
 * registers a model now waits too. Without a write, nobody knows whether registration works. If a step failed, its own
 * outcome covers the time it took.
 */
const inTime = (
  outcome: AttemptOutcome,
  { pace }: FlowState,
  done: ReadonlyMap<StepId, StepOutcome>,
): AttemptOutcome => {
  if (outcome.failureMode !== 'deadline-exceeded' || !pace.isSlow) return outcome;
  const steps = [...done.values()];
  if (steps.some(({ status }) => status === 'fail')) return outcome;
  const average = `responses take ${(pace.averageMs / 1_000).toFixed(1)} s on average`;
  const { evidence } = outcome;
  return steps.some(hasWritten)
    ? {
        ...outcome,
        status: 'degraded',
        failureMode: 'slow',
        evidence: { ...evidence, summary: `not finished within the cycle: ${average}` },
      }
    : { ...outcome, evidence: { ...evidence, summary: `nothing was written within the cycle: ${average}` } };
};

/** The step that blocks this one, or that step's own reason, so that a chain of skipped steps names one cause. */
const reasonFor = ({ id, status, failureMode, evidence }: StepOutcome): string =>
  status === 'skipped' ? evidence.summary : `${registrationSteps[id].title}: ${failureMode ?? status}`;

const runCleanup = async (
  flow: FlowState,
  session: Session,
  ending: Ending,
  { settings, tools }: RegistrationInput,
): Promise<CleanupOutcome> => {
  const began = performance.now();
  const { limits, registration, environment } = settings;
  const clocks: Clocks = {
    timeoutMs: Math.max(1, limits.cleanupReserveMs / 2),
    endsAt: tools.cycleEndsAt,
    stop: ending.cut,
    settled: ending.cut,
  };
  const client = new MlflowClient({
    ...{ session, tools, clocks, flow },
    id: stepTarget('prove-deletion'),
    hops: paths.proxyToDatabase,
  });
  const own = { ...newRemoval(client, flow.ways, flow.deletesThrough ?? ''), removed: flow.removed };
  const swept = newRemoval(client, flow.ways, flow.deletesThrough ?? '');
  let broken: Evidence | null = null;
  try {
    if (flow.creations.size > 0) await cleanUp(flow, own, () => ending.endsAt(tools.cycleEndsAt));
    const hasTime = !tools.stop.aborted && performance.now() + flow.pace.cleanupMs < clocks.endsAt;
    if (flow.deletesThrough !== null && own.left.length === 0 && hasTime) {
      const { experimentId } = flow;
      const olderThan = tools.now() - limits.leftOverMs;
      const { stop } = tools;
      const scope = { ...registration, environment, experimentId, olderThan, atMost: sweptPerCycle, stop };
      await removeLeftOvers(swept, scope, await findLeftOvers(swept, scope));
    }
  } catch (error) {
    // A defect of ours must not cost the report.
    broken = defectOutcome(error, keepText(tools.keep, 'detail')).evidence;
  }
  const leftBehind = [...own.left, ...swept.left];
  const hasFailed = leftBehind.length > 0 || broken !== null;
  return {
    status: hasFailed ? 'degraded' : flow.creations.size > 0 || swept.removed.length > 0 ? 'pass' : 'skipped',
    failureMode: hasFailed ? 'cleanup-failed' : null,
    durationMs: performance.now() - began,
    requests: client.requests,
    removed: own.removed,
    leftBehind,
    swept: swept.removed,
    evidence: broken ?? own.failure?.evidence ?? swept.failure?.evidence ?? null,
  };
};
