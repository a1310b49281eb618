/**
 * A diagnosis without a match, as a name, a clause and a sentence. Kept apart from the runbooks' texts, for the Lambda
 * function's log.
 */
export const noKnownCause = 'no known cause';
export const noKnownCauseClause = `${noKnownCause} explains it`;
export const noKnownCauseSentence = 'No known cause explains it.';
