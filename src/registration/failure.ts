import { blankOutcome } from '../model/blank.ts';
import { failureModes } from '../model/failure-modes.ts';
import type { AttemptOutcome } from '../model/report.ts';

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
    return failureMode !== null && failureModes[failureMode].lost;
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
