import type { HypothesisId } from '../platform/hypotheses.ts';
import { confirmers, isSilent } from './confirmers.ts';
import type { FactName } from './facts.ts';
import { lookupOf } from './lookups/all.ts';
import type { Subject } from './subject.ts';

export interface Question {
  readonly id: HypothesisId;
  readonly fault: number;
  readonly subject: Subject;
}

/** The facts that a question asks for first, with those that they need. */
const factsOf = ({ id, subject }: Question): ReadonlySet<FactName> => {
  const all = new Set<FactName>();
  const add = (name: FactName): void => {
    if (all.has(name)) return;
    all.add(name);
    lookupOf(name).needs.forEach(add);
  };
  const confirmer = confirmers[id];
  if (!isSilent(confirmer)) confirmer.needs(subject).forEach(add);
  return all;
};

/** The questions whose calls fit into those that are left, first ones first. One that runs out half-way decides nothing. */
export const fitting = (
  further: readonly Question[],
  asked: readonly Question[],
  callsLeft: number,
): readonly Question[] => {
  const known = new Set(asked.flatMap((one) => [...factsOf(one)]));
  let left = callsLeft;
  return further.filter((one) => {
    const fresh = [...factsOf(one)].filter((name) => !known.has(name) && lookupOf(name).operation !== null);
    if (fresh.length > left) return false;
    left -= fresh.length;
    for (const name of fresh) known.add(name);
    return true;
  });
};

/** One of each fault in turn, so that no fault uses up the calls of another. */
export const inTurn = (perFault: readonly (readonly Question[])[]): readonly Question[] =>
  Array.from({ length: Math.max(0, ...perFault.map(({ length }) => length)) }, (_, index) =>
    perFault.flatMap((one) => one[index] ?? []),
  ).flat();
