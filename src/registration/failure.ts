import { blankOutcome } from '../model/blank.ts';
import { type FailureMode, failureModes } from '../model/failure-modes.ts';
import type { AttemptOutcome } from '../model/report.ts';

/** See Other, Request Timeout and Conflict can follow a creation. */
const mayExist: ReadonlySet<number> = new Set([303, 408, 409]);
const alreadyExists = 'RESOURCE_ALREADY_EXISTS';

/** Ends a step with the outcome of the failing response. Never leaves `registration/`. */
export class StepFailure extends Error {
  readonly outcome: AttemptOutcome;
  readonly #mode: FailureMode | null;

  /** @param mode of the response by itself, if the outcome says more than it */
  constructor(outcome: AttemptOutcome, mode = outcome.failureMode) {
    super(outcome.evidence.summary);
    this.outcome = outcome;
    this.#mode = mode;
  }

  /** Whether the server may have done what was asked despite the failure. */
  get mayBeDone(): boolean {
    return this.#mode !== null && failureModes[this.#mode].lost;
  }

  /** Whether certainly nothing was created: the request was not sent, or was answered with a redirect or a refusal. */
  get madeNothing(): boolean {
    const { httpStatus: status, evidence } = this.outcome;
    if (this.mayBeDone) return false;
    return (
      status === null || (status >= 300 && status < 500 && !mayExist.has(status) && evidence.code !== alreadyExists)
    );
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

/** Ends a step that users take and this prober cannot. The steps after it go on. */
export class OutOfReach extends Error {
  readonly status: 'skipped' | 'inconclusive';

  constructor(status: 'skipped' | 'inconclusive', why: string) {
    super(why);
    this.status = status;
  }
}

/** Ends a step that does not apply to this platform. */
export class NotHere extends Error {}
