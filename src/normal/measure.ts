import type { AttemptOutcome } from '../model/report.ts';
import type { Request } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import { partsOfFlow } from './flow-parts.ts';
import type { Expecting } from './judge.ts';
import type { Measured } from './learn.ts';

/** Milliseconds that a complete response took, without the time for which the prober itself was late. Null: there is none. */
export const ownMs = ({ status, failureMode, timingsMs, evidence }: AttemptOutcome): number | null =>
  timingsMs.total === null || (status !== 'pass' && failureMode !== 'slow')
    ? null
    : Math.max(0, timingsMs.total - evidence.loopLateMs);

/** What has a normal in a cycle: the requests over HTTP and the parts of the flow. */
export const measuredIn = (
  all: readonly Request[],
  targets: readonly Target[],
  expecting: Expecting,
): readonly Measured[] => {
  const http = new Set(targets.filter(({ kind }) => kind === 'http').map(({ id }) => id));
  const steps = all.flatMap((request) =>
    request.kind === 'step' ? [{ ...request, id: request.step, durationMs: request.durationMs ?? 0 }] : [],
  );
  const measured = (id: string, ms: number | null, isCalledSlow: boolean): Measured => {
    const isLate = ms !== null && ms > (expecting(id)?.lateMs ?? Number.POSITIVE_INFINITY);
    return { id, ms, isLate, isSlow: isLate && isCalledSlow };
  };
  return [
    ...all
      .filter(({ id }) => http.has(id))
      .map((request) => measured(request.id, ownMs(request), request.failureMode === 'slow')),
    ...partsOfFlow(steps).map((part) =>
      measured(
        part.id,
        part.ms,
        part.steps.some(({ failureMode }) => failureMode === 'slow'),
      ),
    ),
  ];
};
