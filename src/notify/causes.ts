import type { HypothesisId } from '../platform/hypotheses.ts';
import type { Supposed } from '../platform/incident.ts';
import { runbooks } from '../platform/runbooks.ts';
import { percent } from '../report/plain-text.ts';

const unexplained = 'no known cause explains it';

/** `MLflow is down`, `API cannot find MLflow or 1 other`. */
export const headlineOf = (causes: readonly HypothesisId[]): string => {
  const [first, ...others] = causes;
  if (first === undefined) return unexplained;
  return `${runbooks[first].headline}${orOthers(others.length)}`;
};

/** The same with both members of a tie of two. */
export const headlinesOf = (causes: readonly HypothesisId[]): string =>
  causes.length === 2 ? causes.map((id) => runbooks[id].headline).join(' or ') : headlineOf(causes);

/** `MLflow is down (96 %)` */
export const sureHeadlineOf = (causes: readonly Supposed[]): string => {
  const [first, ...others] = causes;
  return first === undefined ? unexplained : `${surely(first)}${orOthers(others.length)}`;
};

export const surely = ({ id, probability }: Supposed): string => `${runbooks[id].headline} (${sureness(probability)})`;

/** In words: chats read < and > in their own ways. */
export const sureness = (probability: number): string =>
  percent(probability).replace('>', 'over ').replace('<', 'under ');

const orOthers = (count: number): string => (count === 0 ? '' : ` or ${count} other${count === 1 ? '' : 's'}`);
