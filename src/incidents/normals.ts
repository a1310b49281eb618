import { isOfCycle } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import { type Expecting, expectingAt } from '../normal/judge.ts';
import { learned } from '../normal/learn.ts';
import { measuredIn } from '../normal/measure.ts';
import { incidentLimits } from './limits.ts';
import type { State } from './state.ts';

/** What is normal for the requests of a cycle that starts now. */
export const expectingNow = ({ normals, lastCycle }: State, nowMs: number): Expecting =>
  expectingAt(normals, nowMs, isRecent(lastCycle, nowMs));

/** The state with what a counted cycle teaches. */
export const withLearned = (state: State, before: State, report: Report, targets: readonly Target[]): State => {
  const atMs = Date.parse(report.startedAt);
  return {
    ...state,
    normals: learned(before.normals, {
      atMs,
      isHealthy: report.verdict === 'healthy',
      isRecent: isRecent(before.lastCycle, atMs),
      requests: measuredIn(requests(report).filter(isOfCycle), targets, expectingNow(before, atMs)),
    }),
  };
};

const isRecent = (lastCycle: State['lastCycle'], nowMs: number): boolean =>
  lastCycle !== null && nowMs - Date.parse(lastCycle.endedAt) <= incidentLimits.returnsWithinMs;
