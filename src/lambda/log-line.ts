/** A line of the log: a sentence, and the same as data. */
export interface LogLine {
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}
