/** A step of an invocation. Milliseconds. */
interface PlannedStep {
  /** The step is aborted after this time, however much is left. */
  readonly mostMs: number;
  /** Time that all earlier steps must leave for it. */
  readonly keptMs: number;
}

/**
 * The steps of an invocation, in order. A step may use the time left, less what is kept for later steps. After a long
 * cycle each step gets only its own share. That still lets a DynamoDB that answers after two seconds finish its two
 * writes.
 */
const timePlan = {
  /** From the parameter store, if the configuration is there. */
  configuration: { mostMs: 5_000, keptMs: 0 },
  /** From Secrets Manager or the parameter store. */
  key: { mostMs: 5_000, keptMs: 0 },
  /** The cycle has its own limit in the configuration, `limits.deadlineMs`. */
  cycle: { mostMs: Number.POSITIVE_INFINITY, keptMs: 0 },
  /** Asks AWS about the diagnosis, where that is on. Nothing is kept for it: a long cycle goes without. */
  confirm: { mostMs: 2_000, keptMs: 0 },
  /** Writes what the cycle changed, and reads it again after a conflicting write. */
  incidents: { mostMs: 8_000, keptMs: 3_000 },
  /** Sends events. A claim lasts longer. */
  messages: { mostMs: 30_000, keptMs: 800 },
  /** Records what was sent. Anything not recorded is sent again. */
  receipts: { mostMs: 5_000, keptMs: 2_500 },
  metrics: { mostMs: 5_000, keptMs: 2_500 },
  /** One GET to a dead man's switch, where there is one. Nothing is kept for it: a long cycle goes without. */
  heartbeat: { mostMs: 2_000, keptMs: 0 },
  /** Looks again at what fails. Nothing is kept for them: after a long cycle there are fewer. */
  looks: { mostMs: 60_000, keptMs: 0 },
  /** Metrics that CloudWatch did not accept go to the log, and Lambda gets its response. */
  answer: { mostMs: 1_200, keptMs: 1_200 },
} as const satisfies Readonly<Record<string, PlannedStep>>;

export type Step = keyof typeof timePlan;

const steps = Object.keys(timePlan) as readonly Step[];

/** Time kept for the steps after this one. */
export const keptAfterMs = (step: Step): number =>
  steps.slice(steps.indexOf(step) + 1).reduce((sum, later) => sum + timePlan[later].keptMs, 0);

/** How long a step that starts now may take; 0: no time is left for it. */
export const limitMs = (step: Step, leftMs: number): number =>
  Math.max(0, Math.min(timePlan[step].mostMs, Math.floor(leftMs - keptAfterMs(step))));

/** How long a step may take, asked when it starts. */
export type Timed = (step: Step) => number;

/** @param onStep called as each step begins */
export const timedBy =
  (remainingMs: () => number, onStep: (step: Step) => void): Timed =>
  (step) => {
    onStep(step);
    return limitMs(step, remainingMs());
  };
