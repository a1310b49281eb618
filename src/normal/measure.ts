import type { AttemptOutcome } from '../model/report.ts';
import type { Request } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import type { Expecting } from './judge.ts';
import type { Measured } from './learn.ts';

/** Milliseconds that a complete response took, without the time for which the prober itself was late. Null: there is none. */
export const ownMs = ({ status, failureMode, timingsMs, evidence }: AttemptOutcome): number | null =>
  timingsMs.total === null || (status !== 'pass' && failureMode !== 'slow')
    ? null
    : Math.max(0, timingsMs.total - evidence.loopLateMs);

/** The requests of a cycle that have a normal: those over HTTP. */
export const measuredIn = (
  all: readonly Request[],
  targets: readonly Target[],
  expecting: Expecting,
): readonly Measured[] => {
  const http = new Set(targets.filter(({ kind }) => kind === 'http').map(({ id }) => id));
  return all
    .filter(({ id }) => http.has(id))
    .map((request) => {
      const { id, failureMode } = request;
      const ms = ownMs(request);
      const isLate = ms !== null && ms > (expecting(id)?.lateMs ?? Number.POSITIVE_INFINITY);
      return { id, ms, isLate, isSlow: isLate && failureMode === 'slow' };
    });
};
