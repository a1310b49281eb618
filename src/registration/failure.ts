import { blankOutcome } from '../model/blank.ts';
import { failureModes } from '../model/failure-modes.ts';
import type { AttemptOutcome } from '../model/report.ts';

/** Ends a step with the outcome of the failing response. Never leaves `registration/`. */
export class StepFailure extends Error {
  readonly outcome: AttemptOutcome;

  constructor(outcome: AttemptOutcome) {
    super(outcome.evidence.summary);
    this.outcome = outcome;
  }

  /** Whether the server may have done what was asked despite the failure. */
  get mayBeDone(): boolean {
    const { failureMode } = this.outcome;
    return failureMode !== null && failureModes[failureMode].lost;
  }
}

/** Ends a step that was interrupted before its request was sent. */
export class NotSent extends StepFailure {
  constructor() {
    super(blankOutcome('inconclusive', 'the cycle was interrupted', 'deadline-exceeded'));
  }

  override get mayBeDone(): boolean {
    return false;
  }
}

/** Ends a step that does not apply to this platform. */
export class NotHere extends Error {}
