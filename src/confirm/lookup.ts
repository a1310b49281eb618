import type { Params } from './client.ts';
import type { FactName, Facts, Known } from './facts.ts';
import type { Operation } from './operations.ts';
import type { Subject } from './subject.ts';
import type { Tree } from './tree.ts';

/** Values of the facts that a lookup needs. All of them are known when it runs. */
export type Needed = { readonly [Name in FactName]: Facts[Name] };

/** A parameter's name in the next page's call, and the path of its value in the answer. */
export interface Paging {
  readonly parameter: string;
  readonly path: readonly string[];
}

/** How one fact is learned: from which call, after which other facts. */
export interface Lookup<Name extends FactName> {
  /** Null: it follows from other facts, without a call. */
  readonly operation: Operation | null;
  readonly needs: readonly FactName[];
  /** One call for each entry; none if there is nothing to ask. Null: what to ask about has no name. */
  readonly calls: (subject: Subject, facts: Needed) => readonly Params[] | null;
  readonly paging?: Paging;
  /** The error code that says that what is asked about does not exist: an answer like any other, read as null. */
  readonly absent?: string;
  /**
   * @param answers of all calls, with their pages
   * @param perCall the same, the pages of each call by themselves
   * @throws UnexpectedForm
   */
  readonly read: (
    answers: readonly Tree[],
    subject: Subject,
    facts: Needed,
    perCall: readonly (readonly Tree[])[],
  ) => Facts[Name];
}

export type Lookups = { readonly [Name in FactName]: Lookup<Name> };
export type SomeLookups<Names extends FactName> = { readonly [Name in Names]: Lookup<Name> };

/** @returns the value; null if it is not known */
export const knownValue = <Name extends FactName>(known: Known, name: Name): Facts[Name] | null => {
  const fact = known[name];
  return fact?.state === 'known' ? (fact.value as Facts[Name]) : null;
};
