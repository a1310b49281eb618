import type { Settings } from '../config/settings.ts';
import { type HypothesisId, hypothesisIds } from '../platform/hypotheses.ts';
import { confirmers, isSilent } from './confirmers.ts';
import type { FactName } from './facts.ts';
import { lookupOf } from './lookups/all.ts';
import type { Operation } from './operations.ts';
import { subjectAlone } from './subjects.ts';

export interface PlannedCall {
  readonly operation: Operation;
  /** The fact that it gives. */
  readonly fact: FactName;
  /** Facts that must be known first. */
  readonly after: readonly FactName[];
  readonly for: readonly HypothesisId[];
}

/** The calls for these hypotheses, in an order in which they can be made. Pages and further target groups add calls. */
export const planOf = (
  ids: readonly HypothesisId[],
  settings: Pick<Settings, 'hosts' | 'confirm'>,
): readonly PlannedCall[] => {
  const users = new Map<FactName, HypothesisId[]>();
  const visit = (name: FactName, id: HypothesisId): void => {
    for (const before of lookupOf(name).needs) visit(before, id);
    const known = users.get(name) ?? [];
    if (!known.includes(id)) users.set(name, [...known, id]);
  };
  for (const id of ids) {
    const confirmer = confirmers[id];
    if (isSilent(confirmer)) continue;
    const subject = subjectAlone(id, settings, { now: 0, host: 'registry' });
    for (const name of [...confirmer.needs(subject), ...(confirmer.further?.facts(subject) ?? [])]) visit(name, id);
  }
  return [...users].flatMap(([fact, by]): readonly PlannedCall[] => {
    const { operation, needs } = lookupOf(fact);
    return operation === null ? [] : [{ operation, fact, after: needs, for: by }];
  });
};

/** Why AWS cannot decide about a hypothesis; null if it can. */
export const silenceOf = (id: HypothesisId): string | null => {
  const confirmer = confirmers[id];
  return isSilent(confirmer) ? confirmer.silent : null;
};

/** Every hypothesis that AWS can say something about. */
export const askableIds: readonly HypothesisId[] = hypothesisIds.filter((id) => silenceOf(id) === null);
