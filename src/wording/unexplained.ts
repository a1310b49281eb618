/** A diagnosis without a match: as a name, as a clause, and as a sentence. Free of the runbooks' texts, for the Lambda's log. */
export const noKnownCause = 'no known cause';
export const noKnownCauseClause = `${noKnownCause} explains it`;
export const noKnownCauseSentence = 'No known cause explains it.';
