/** Excludes classes with their own JSON form. Text from outside has one (raw/raw.ts) and would be logged as an empty mark. */
type LogValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Readonly<Record<string, unknown>>
  | (object & { readonly toJSON?: never });

/** A log line: a sentence, and the same content as data. */
export interface LogLine {
  readonly message: string;
  readonly data: Readonly<Record<string, LogValue>>;
}
