import type { Deployment, History, Ongoing } from '../platform/history.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import { lasting, plainText, plural } from './plain-text.ts';

/** Since when something fails, as far as earlier cycles are remembered: parts of a sentence, none when they are not. */
export const sinceWords = (
  history: History | null,
  {
    causes,
    affected,
    now,
  }: { readonly causes: readonly HypothesisId[]; readonly affected: readonly string[]; readonly now: string },
): readonly string[] => {
  if (history === null) return [];
  const before = sameAs(affected, history.ongoing);
  if (before === null) return ['new in this cycle', ...deploymentWords(recent(history, now), history)];
  const { since, failingCycles, returns, causes: was } = before;
  const moved = was.length > 0 && !was.some((id) => causes.includes(id));
  return [
    `since ${clock(since)} (${lasting(Date.parse(now) - Date.parse(since))}, ${plural(failingCycles, 'cycle')} before this one)`,
    ...deploymentWords(before.deployment, history),
    ...(returns > 0 ? [`it comes and goes, ${plural(returns, 'time')} so far`] : []),
    ...(moved ? [`it looked like ${was.join(' or ')} before`] : []),
  ];
};

/** What took down most of the same requests. */
const sameAs = (affected: readonly string[], ongoing: readonly Ongoing[]): Ongoing | null => {
  const [most] = ongoing
    .map((one) => ({ one, shared: affected.filter((id) => one.affected.includes(id)).length }))
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared);
  return most?.one ?? null;
};

const recentMs = 15 * 60_000;

const recent = ({ deployment }: History, now: string): Deployment | null =>
  deployment !== null && Date.parse(now) - Date.parse(deployment.at) <= recentMs ? deployment : null;

const deploymentWords = (deployment: Deployment | null, { version }: History): readonly string[] => {
  if (deployment !== null)
    return [
      `after a deployment: ${plainText(deployment.from)} → ${plainText(deployment.to)} at ${clock(deployment.at)}`,
    ];
  return version === null ? [] : ['no deployment seen before it'];
};

/** With the day, for a night has two. */
const clock = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
