import { lookAlikesOf } from '../diagnose/look-alikes.ts';
import type { Target } from '../model/target.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import { few } from '../wording/count.ts';

/** The example for hypotheses about one host: the host with the most targets. */
const exampleHost = 'registry';

/** Requests listed by name. */
const shownRequests = 3;

/** The hypotheses that look the same from outside, and what tells the nearest others apart. */
export interface Likeness {
  readonly same: readonly HypothesisId[];
  readonly near: readonly { readonly id: HypothesisId; readonly by: string }[];
}

/** With more requests than this, two hypotheses are not near. */
const nearRequests = 4;

export const likenessOf = (id: HypothesisId, targets: readonly Target[]): Likeness => {
  const all = lookAlikesOf(id, targets, exampleHost);
  return {
    same: all.filter(({ toldApartBy }) => toldApartBy.length === 0).map((one) => one.id),
    near: all
      .filter(({ toldApartBy: { length } }) => length > 0 && length <= nearRequests)
      .map((one) => ({ id: one.id, by: few(one.toldApartBy, shownRequests) })),
  };
};
