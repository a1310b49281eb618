import { blankOutcome } from '../model/blank.ts';
import type { FailureMode } from '../platform/failure-modes.ts';
import type { AttemptOutcome } from '../platform/report.ts';

/** Modes in which nobody knows whether MLflow did what it was asked: the request was sent, and its own answer did not come back. */
const answerLost: ReadonlySet<FailureMode> = new Set([
  'response-timeout',
  'connection-closed',
  'connect-reset',
  'response-truncated',
  'response-malformed',
  'transfer-timeout',
  'upstream-timeout',
  'upstream-unreachable',
  'lb-bad-gateway',
  'lb-gateway-timeout',
  'deadline-exceeded',
]);

/** Ends a step: the answer that was no good, judged. Never leaves the room. */
export class StepFailure extends Error {
  readonly outcome: AttemptOutcome;

  constructor(outcome: AttemptOutcome) {
    super(outcome.evidence.summary);
    this.outcome = outcome;
  }

  /** Whether what was asked for may have been done all the same. */
  get mayBeDone(): boolean {
    const { failureMode } = this.outcome;
    return failureMode !== null && answerLost.has(failureMode);
  }
}

/** Ends a step of a cycle that was interrupted before the request. */
export class NotSent extends StepFailure {
  constructor() {
    super(blankOutcome('inconclusive', 'the cycle was interrupted', 'deadline-exceeded'));
  }

  override get mayBeDone(): boolean {
    return false;
  }
}

/** Ends a step that does not apply here. */
export class NotHere extends Error {}
