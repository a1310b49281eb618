import type { Onset } from '../model/diagnosis.ts';
import { type Deployment, deploymentEffectMs, type History, type Ongoing } from '../model/history.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';

/**
 * Null: there is no history.
 *
 * @param affected ids of the requests that the fault takes down
 * @param causes of the fault; empty: unexplained
 * @param now start of the cycle, ISO 8601
 */
export const onsetOf = (
  history: History | null,
  affected: readonly string[],
  causes: readonly HypothesisId[],
  now: string,
): Onset | null => {
  if (history === null) return null;
  const before = sameAs(
    affected,
    history.ongoing.filter((one) => !isAnotherMatter(one, causes)),
  );
  if (before === null)
    return { since: now, failingCycles: 0, returns: 0, deployment: recent(history, now), causes: [] };
  const { since, failingCycles, returns, deployment } = before;
  return { since, failingCycles, returns, deployment, causes: before.causes };
};

/** It has recovered, and now another cause is known. */
const isAnotherMatter = ({ recovered, causes }: Ongoing, now: readonly HypothesisId[]): boolean =>
  recovered === true && causes.length > 0 && now.length > 0 && !now.some((id) => causes.includes(id));

/** The ongoing failure that shares the most requests. */
const sameAs = (affected: readonly string[], ongoing: readonly Ongoing[]): Ongoing | null => {
  const [most] = ongoing
    .map((one) => ({ one, shared: affected.filter((id) => one.affected.includes(id)).length }))
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared);
  return most?.one ?? null;
};

const recent = ({ deployment }: History, now: string): Deployment | null =>
  deployment !== null && Date.parse(now) - Date.parse(deployment.at) <= deploymentEffectMs ? deployment : null;
