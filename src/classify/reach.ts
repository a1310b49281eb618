import type { Phase } from '../platform/phases.ts';
import type { Outcome } from '../platform/report.ts';

type Reached = Pick<Outcome, 'status' | 'phase'>;

/** Phases in which nothing of the platform has spoken yet. */
const onTheWay: readonly (Phase | null)[] = ['resolve', 'connect', 'tls'];

const unreached = ({ status, phase }: Reached): boolean => status === 'fail' && onTheWay.includes(phase);

/**
 * When the external control cannot be reached either, and nothing else was, what failed is the way out from here:
 * nothing was learned about the platform.
 */
export const isBlind = (outcomes: readonly Outcome[]): boolean => {
  const asked = outcomes.filter(({ attempts }) => attempts.length > 0);
  const controls = asked.filter(({ host }) => host === 'external');
  return controls.length > 0 && asked.every(unreached);
};

/** What a blind monitor says of something that it did not reach. */
export const asUnknown = <T extends Reached>(outcome: T): T =>
  unreached(outcome) ? { ...outcome, status: 'inconclusive' } : outcome;
