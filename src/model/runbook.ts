/** A question to AWS with its answers. */
export interface Confirmation {
  readonly command: string;
  readonly ifTrue: string;
  readonly ifFalse: string;
}

/** What a person reads about a hypothesis. The engine needs none of it, so that a bundle without these texts stays small. */
export interface Runbook {
  /** A sentence: what is wrong. */
  readonly title: string;
  /** The same in at most 30 ASCII characters: for the subject of a mail, and where several stand in one line. */
  readonly headline: string;
  /** The incident documents that it comes from. */
  readonly documents: readonly string[];
  readonly confirm: readonly [Confirmation, ...Confirmation[]];
  readonly remedy: string;
}
