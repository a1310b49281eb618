import { setImmediate as nextTurn } from 'node:timers/promises';
import { diagnose } from '../diagnose/diagnose.ts';
import { noFindings } from '../model/blank.ts';
import type { FaultIds } from '../model/diagnosis.ts';
import type { Alteration, NoiseChange, NoiseResult } from '../model/drill.ts';
import type { FailureMode } from '../model/failure-modes.ts';
import { defaultLimits } from '../model/limits.ts';
import type { AttemptOutcome, Outcome, Report } from '../model/report.ts';
import type { Target } from '../model/target.ts';
import { answerOf, fingerprint, isConfident } from './answer.ts';
import type { Checked } from './site.ts';

const alterations = ['flaps', 'lost', 'slow'] as const satisfies readonly Alteration[];

/** A cycle whose evidence is altered. */
export interface Base {
  /** Null: a healthy platform. */
  readonly fault: string | null;
  readonly generation: string;
  readonly checked: Checked;
}

/**
 * Alters one passing request at a time, in the report and not on the wire, so that it is intermittent, lost or slow,
 * and diagnoses the cycle again. Steps of the flow stay unchanged, because losing one would hide those after it.
 *
 * If every fault is still named, and only hypotheses that this request had ruled out are added, that is more doubt
 * and not a change. Without the deciding request, the same certainty would be wrong.
 */
export const tryNoise = async (bases: readonly Base[], onBase: () => void, stop: AbortSignal): Promise<NoiseResult> => {
  const tried = { flaps: 0, lost: 0, slow: 0 };
  const changes: NoiseChange[] = [];
  for (const base of bases) {
    if (stop.aborted) break;
    for (const outcome of base.checked.report.outcomes.filter(({ status, known }) => status === 'pass' && !known))
      for (const alteration of alterations) {
        tried[alteration] += 1;
        const change = changeBy(base, outcome, alteration);
        if (change !== null) changes.push(change);
      }
    onBase();
    await nextTurn();
  }
  return { tried, changes };
};

const changeBy = (
  { fault, generation, checked }: Base,
  outcome: Outcome,
  alteration: Alteration,
): NoiseChange | null => {
  const { report, targets } = checked;
  const kind = targets.find(({ id }) => id === outcome.target)?.kind ?? 'http';
  const altered = report.outcomes.map((one) => (one === outcome ? alter(outcome, kind, alteration) : one));
  const after = diagnose({ ...report, outcomes: altered }, targets);
  if (!isChanged(report, answerOf(after), alteration)) return null;
  return {
    alteration,
    request: outcome.target,
    fault,
    generation,
    before: report.diagnosis.faults,
    after: after.faults,
    onlyDoubt: alteration !== 'flaps' && keepsAll(report.diagnosis.faults, after.faults),
  };
};

/** A healthy platform that keeps losing or delaying a request may have a problem, so only a confidently named cause counts as a change. */
const isChanged = ({ diagnosis }: Report, after: ReturnType<typeof answerOf>, alteration: Alteration): boolean => {
  if (diagnosis.status === 'healthy') return alteration === 'flaps' ? after.status !== 'healthy' : isConfident(after);
  return fingerprint(diagnosis.faults) !== fingerprint(after.faults);
};

const keepsAll = (before: readonly FaultIds[], after: readonly FaultIds[]): boolean =>
  before.length > 0 &&
  before.length === after.length &&
  before.every((fault) => after.some((wider) => fault.every((id) => wider.includes(id))));

/** Milliseconds. More than the default limit for slow requests. */
const lateMs = defaultLimits.slowMs + 1_000;

/** A lost packet: the name server does not answer, or the connection is not established. */
const lostMode: Readonly<Record<Target['kind'], FailureMode>> = {
  dns: 'dns-timeout',
  tls: 'connect-timeout',
  http: 'connect-timeout',
};

const alter = (outcome: Outcome, kind: Target['kind'], alteration: Alteration): Outcome => {
  const { target, host, aspect, known, attempts, ...passed } = outcome;
  const same = { target, host, aspect, known };
  if (alteration === 'slow') {
    const late: AttemptOutcome = {
      ...passed,
      status: 'degraded',
      failureMode: 'slow',
      phase: 'processing',
      timingsMs: { ...passed.timingsMs, processing: lateMs, total: (passed.timingsMs.total ?? 0) + lateMs },
    };
    return { ...same, ...late, attempts: [late] };
  }
  const failed: AttemptOutcome = {
    ...passed,
    status: 'fail',
    failureMode: lostMode[kind],
    phase: kind === 'dns' ? 'resolve' : 'connect',
    answeredBy: null,
    ...noFindings,
    httpStatus: null,
  };
  return alteration === 'lost'
    ? { ...same, ...failed, attempts: [failed, failed] }
    : { ...same, ...failed, status: 'degraded', attempts: [failed, ...attempts] };
};
