/** Not a class with a JSON form of its own, which text from outside has (raw/raw.ts): it would be logged as a mark. */
type LogValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Readonly<Record<string, unknown>>
  | (object & { readonly toJSON?: never });

/** A line of the log: a sentence, and the same as data. */
export interface LogLine {
  readonly message: string;
  readonly data: Readonly<Record<string, LogValue>>;
}
