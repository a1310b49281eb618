/** A step of an invocation. Milliseconds. */
interface PlannedStep {
  /** It is cut after so long, however much time is left. */
  readonly mostMs: number;
  /** What all steps before it leave for it, whatever they do. */
  readonly keptMs: number;
}

/**
 * What an invocation does, in this order. A step may take what is left less what is kept for those behind it. After a long
 * cycle each has no more than its own share, and a DynamoDB that answers after two seconds still gets its two writes done.
 */
const timePlan = {
  /** From the parameter store, where it is kept there. */
  configuration: { mostMs: 5_000, keptMs: 0 },
  /** From Secrets Manager or the parameter store. */
  key: { mostMs: 5_000, keptMs: 0 },
  /** The configuration has the cycle's own limit, `limits.deadlineMs`. */
  cycle: { mostMs: Number.POSITIVE_INFINITY, keptMs: 0 },
  /** What the cycle changes is written, and read anew where somebody was faster. */
  incidents: { mostMs: 8_000, keptMs: 3_000 },
  /** Events are sent. A claim outlasts it. */
  messages: { mostMs: 30_000, keptMs: 800 },
  /** What was sent is written down; what is not is sent again. */
  receipts: { mostMs: 5_000, keptMs: 2_500 },
  metrics: { mostMs: 5_000, keptMs: 2_500 },
  /** The metrics that CloudWatch did not take go to the log, and Lambda is answered. */
  answer: { mostMs: 1_200, keptMs: 1_200 },
} as const satisfies Readonly<Record<string, PlannedStep>>;

export type Step = keyof typeof timePlan;

const steps = Object.keys(timePlan) as readonly Step[];

/** What is kept for the steps behind this one. */
export const keptAfterMs = (step: Step): number =>
  steps.slice(steps.indexOf(step) + 1).reduce((sum, later) => sum + timePlan[later].keptMs, 0);

/** How long a step that begins now may take; 0: there is no time for it. */
export const limitMs = (step: Step, leftMs: number): number =>
  Math.max(0, Math.min(timePlan[step].mostMs, Math.floor(leftMs - keptAfterMs(step))));

/** How long a step may take, asked when its turn comes. */
export type Timed = (step: Step) => number;

/** @param onStep hears of each step as it begins */
export const timedBy =
  (remainingMs: () => number, onStep: (step: Step) => void): Timed =>
  (step) => {
    onStep(step);
    return limitMs(step, remainingMs());
  };
