import * as v from 'valibot';
import { hypothesisId } from './history.ts';
import { outcome } from './outcome.ts';

/** Requests beyond the cycle's own, asked to decide between hypotheses. They are evidence, and change no verdict. */
export const followUp = v.object({
  /** The hypotheses in question. */
  between: v.array(hypothesisId),
  /** One per request, in order. */
  outcomes: v.array(outcome),
});
