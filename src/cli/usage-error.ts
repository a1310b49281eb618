/** A wrong command line or input file: printed on one line, with the way out; exit code 2. */
export class UsageError extends Error {}
