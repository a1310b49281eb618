import type { FactName, Facts, Known, Unknown } from './facts.ts';
import type { Subject } from './subject.ts';

export interface Judgement {
  readonly verdict: 'confirmed' | 'refuted' | 'unknown';
  /** The evidence in one line; it may contain text from outside. */
  readonly line: string;
  /** The fact that shows it. Facts from one call are alike here. */
  readonly source: FactName;
}

/** A fact that the judgement depends on is not known. */
export class Undecided extends Error {
  override readonly name = 'Undecided';
  readonly fact: Unknown;

  constructor(fact: Unknown) {
    super('a fact is not known');
    this.fact = fact;
  }
}

/** The facts as a judgement reads them. */
export interface View {
  /** @throws Undecided if it is not known */
  readonly value: <Name extends FactName>(name: Name) => Facts[Name];
  /** Null if it is not known: for evidence that is not needed. */
  readonly maybe: <Name extends FactName>(name: Name) => Facts[Name] | null;
}

export const viewOf = (known: Known): View => ({
  value: (name) => {
    const fact = known[name];
    if (fact === undefined) throw new Error(`${name} is not among what the confirmer needs`);
    if (fact.state === 'unknown') throw new Undecided(fact);
    return fact.value as Facts[typeof name];
  },
  maybe: (name) => {
    const fact = known[name];
    return fact?.state === 'known' ? (fact.value as Facts[typeof name]) : null;
  },
});

/** How AWS decides about one hypothesis. */
export interface Confirmer {
  /** The facts that it reads. */
  readonly needs: (subject: Subject) => readonly FactName[];
  /** Facts that are asked for only if the first leave it open: the decisive calls come first. */
  readonly further?: {
    readonly facts: (subject: Subject) => readonly FactName[];
    /** Whether they can decide; without it, always. */
    readonly when?: (view: View, subject: Subject) => boolean;
  };
  /** Pure. It refutes only if the answers leave no way for the hypothesis to be true. @throws Undecided */
  readonly judge: (view: View, subject: Subject) => Judgement;
}

const verdict =
  (of: Judgement['verdict']) =>
  (source: FactName, line: string): Judgement => ({ verdict: of, line, source });

export const confirmed = verdict('confirmed');
export const refuted = verdict('refuted');
/** AWS answered, and the answer decides nothing. */
export const undecided = verdict('unknown');
