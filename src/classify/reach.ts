import type { Phase } from '../platform/phases.ts';
import type { Outcome } from '../platform/report.ts';

type Reached = Pick<Outcome, 'status' | 'phase'>;

/** Phases in which nothing of the platform has spoken yet. */
const onTheWay: readonly (Phase | null)[] = ['resolve', 'connect', 'tls'];

const unreached = ({ status, phase }: Reached): boolean => status === 'fail' && onTheWay.includes(phase);

/**
 * When the external control cannot be reached either, and nothing else was, what failed is the way out from here:
 * nothing was learned about the platform. Without a control only a name server that answers nothing at all tells it: one that
 * works says so when it does not get an answer about a zone.
 */
export const isBlind = (outcomes: readonly Outcome[]): boolean => {
  const asked = outcomes.filter(({ attempts }) => attempts.length > 0);
  if (asked.some(({ host }) => host === 'external')) return asked.every(unreached);
  return new Set(asked.map(({ host }) => host)).size > 1 && asked.every(isUnanswered);
};

/** By the name server that is asked from here. */
const isUnanswered = ({ failureMode }: Outcome): boolean => failureMode === 'dns-timeout';

/** What a blind monitor says of something that it did not reach. */
export const asUnknown = <T extends Reached>(outcome: T): T =>
  unreached(outcome) ? { ...outcome, status: 'inconclusive' } : outcome;
