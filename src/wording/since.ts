import type { Deployment } from '../model/history.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import { plural, times } from './count.ts';
import { deploymentWords, noDeployment } from './incident.ts';
import { plainText } from './plain-text.ts';
import { clock, span } from './time.ts';

interface Onset {
  readonly since: string;
  readonly failingCycles: number;
  readonly returns: number;
  readonly deployment: Deployment | null;
  readonly causes: readonly HypothesisId[];
}

/** Since when something has been failing, as parts of a sentence; empty without a history. */
export const sinceWords = (
  onset: Onset | null,
  {
    causes,
    now,
    version,
  }: {
    readonly causes: readonly HypothesisId[];
    readonly now: string;
    /** The platform's version in the last cycle; null: unknown. */
    readonly version: string | null;
  },
): readonly string[] => {
  if (onset === null) return [];
  const { since, failingCycles, returns, deployment, causes: was } = onset;
  if (failingCycles === 0) return ['new in this cycle', ...deploymentPart(deployment, version)];
  const moved = was.length > 0 && !was.some((id) => causes.includes(id));
  return [
    `since ${clock(since)} (${span(since, now)}, ${plural(failingCycles, 'cycle')} before this one)`,
    ...deploymentPart(deployment, version),
    ...(returns > 0 ? [`came back ${times(returns)}`] : []),
    ...(moved ? [`earlier diagnosis: ${was.join(' or ')}`] : []),
  ];
};

const deploymentPart = (deployment: Deployment | null, version: string | null): readonly string[] => {
  if (deployment !== null) return [deploymentWords(deployment, '', plainText)];
  return version === null ? [] : [noDeployment];
};
