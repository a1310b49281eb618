import type { Deployment } from '../platform/history.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import type { Onset } from './onset.ts';
import { lasting, plainText, plural } from './plain-text.ts';

/** Since when something fails, as far as earlier cycles are remembered: parts of a sentence, none when they are not. */
export const sinceWords = (
  onset: Onset | null,
  {
    causes,
    now,
    version,
  }: {
    readonly causes: readonly HypothesisId[];
    readonly now: string;
    /** The platform's version in the last cycle; null: it was never named. */
    readonly version: string | null;
  },
): readonly string[] => {
  if (onset === null) return [];
  const { since, failingCycles, returns, deployment, causes: was } = onset;
  if (failingCycles === 0) return ['new in this cycle', ...deploymentWords(deployment, version)];
  const moved = was.length > 0 && !was.some((id) => causes.includes(id));
  return [
    `since ${clock(since)} (${lasting(Date.parse(now) - Date.parse(since))}, ${plural(failingCycles, 'cycle')} before this one)`,
    ...deploymentWords(deployment, version),
    ...(returns > 0 ? [`it comes and goes, ${plural(returns, 'time')} so far`] : []),
    ...(moved ? [`it looked like ${was.join(' or ')} before`] : []),
  ];
};

const deploymentWords = (deployment: Deployment | null, version: string | null): readonly string[] => {
  if (deployment !== null)
    return [
      `after a deployment: ${plainText(deployment.from)} → ${plainText(deployment.to)} at ${clock(deployment.at)}`,
    ];
  return version === null ? [] : ['no deployment seen before it'];
};

/** With the day, for a night has two. */
const clock = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
