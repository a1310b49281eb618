/** A call that cannot be carried out as it was made: said in a line, with the way out, and exit 2. */
export class UsageError extends Error {}
