import type { Phase } from '../platform/phases.ts';
import type { Outcome } from '../platform/report.ts';

/** Phases in which nothing of the platform has spoken yet. */
const onTheWay: readonly (Phase | null)[] = ['resolve', 'connect', 'tls'];

const unreached = ({ status, phase }: Outcome): boolean => status === 'fail' && onTheWay.includes(phase);

/**
 * When the external control cannot be reached either, and nothing else was, what failed is the way out from here:
 * nothing was learned about the platform.
 */
export const withReach = (outcomes: readonly Outcome[]): readonly Outcome[] => {
  const asked = outcomes.filter(({ attempts }) => attempts.length > 0);
  const controls = asked.filter(({ host }) => host === 'external');
  const blind = controls.length > 0 && asked.every(unreached);
  return blind
    ? outcomes.map((outcome) => (unreached(outcome) ? { ...outcome, status: 'inconclusive' as const } : outcome))
    : outcomes;
};
