import type { FailureMode } from './failure-modes.ts';
import type { Status, Verdict } from './report.ts';
import type { Request } from './requests.ts';

/*
 * How requests are judged, once for all stages. Add further distinctions here.
 */

/** A single outcome has no kind yet. */
type Judged = Pick<Request, 'status' | 'known'> & OfKind & Partial<Pick<Request, 'stillFailing'>>;
type OfKind = Partial<Pick<Request, 'kind'>>;

/** It belongs to the cycle itself. A follow-up is evidence, and counts nowhere else. */
export const isOfCycle = ({ kind }: OfKind): boolean => kind !== 'follow-up';

/** What counts as a failure besides `fail`; set by `--fail-on` and `--fail-on-known`. */
export interface Strictness {
  /** A request that works, but not as it should. */
  readonly degraded: boolean;
  /** A request that fails as it did in the baseline. */
  readonly known: boolean;
}

const onlyFailing: Strictness = { degraded: false, known: false };
const degradedToo: Strictness = { degraded: true, known: false };

/** It fails the check. By default: status `fail`, and not known. */
export const isFailure = (judged: Judged, strictness = onlyFailing): boolean =>
  isOfCycle(judged) &&
  (!judged.known || strictness.known) &&
  (judged.status === 'fail' || (judged.status === 'degraded' && strictness.degraded));

/** The same for a verdict. */
export const isFailingVerdict = (verdict: Verdict, strictness: Strictness): boolean =>
  verdict === 'failing' || (verdict === 'degraded' && strictness.degraded);

/** The whole check fails. Also by its verdict: in a saved report, the request behind it may be unreadable. */
export const failsCheck = (verdict: Verdict, all: readonly Request[], strictness: Strictness): boolean =>
  isFailingVerdict(verdict, strictness) || all.some((one) => isFailure(one, strictness));

/** Only `--fail-on-known` makes the check fail. */
export const failsAsKnown = (verdict: Verdict, all: readonly Request[], strictness: Strictness): boolean =>
  failsCheck(verdict, all, strictness) && !failsCheck(verdict, all, { ...strictness, known: false });

/** It is known, and remains to be repaired. */
export const isStillFailing = (judged: Judged): boolean =>
  isOfCycle(judged) && judged.known && judged.stillFailing === true;

/** It fails or is degraded, and did not in the baseline. */
export const isBroken = (request: Judged): boolean => isFailure(request, degradedToo);

/** It is news: broken or inconclusive, and not known. A skipped request was not asked, so it is not news. */
export const isNews = (judged: Judged): boolean =>
  isOfCycle(judged) && !judged.known && judged.status !== 'pass' && judged.status !== 'skipped';

/**
 * The diagnosis has to explain it: it is broken in a known way. The clean-up is not a symptom: it runs last, on the
 * same path as the steps, so the steps show what breaks it.
 */
export const isSymptom = (request: Pick<Request, 'kind' | 'status' | 'failureMode' | 'known'>): boolean =>
  request.kind !== 'clean-up' && request.failureMode !== null && isBroken(request);

/** Degraded by nature: the request passes, and nothing failed on the way. */
const mild: readonly (FailureMode | null)[] = ['slow', 'tls-expires-soon', 'dependency-unhealthy', null];

type Troubled = Pick<Request, 'status' | 'failureMode'>;

/** It failed and passed: once each, or at one address each. */
const isIntermittent = ({ status, failureMode }: Troubled): boolean =>
  status === 'degraded' && !mild.includes(failureMode);

/**
 * The requests that a fault affects pass in part. With one task of two, half of those that fail pass when they are
 * repeated; a quarter allows for chance, and a single one during the outage of a whole service does not count.
 */
export const isInPart = (affected: readonly Troubled[]): boolean =>
  affected.some(isIntermittent) && affected.filter(isIntermittent).length * 4 >= affected.length;

/** The fault stops only some requests, or none. */
export const isPartly = (affected: readonly Troubled[]): boolean =>
  affected.length > 0 && (affected.every(({ status }) => status === 'degraded') || isInPart(affected));

/** A step that is slow in comparison with normal, though within the limit. That shows a place at most, and no cause. */
export const isRelativelySlow = (request: Request): boolean =>
  request.kind === 'step' && request.failureMode === 'slow' && request.normalMs !== undefined;

/** It was answered, so every hop on its path works to some extent. A clean-up can be degraded without an answer. */
export const isAnswered = ({ kind, status }: Pick<Request, 'kind' | 'status'>): boolean =>
  status === 'pass' || (status === 'degraded' && kind !== 'clean-up');

/** Requests with this status. Known ones are counted separately. */
export const withStatus = <T extends Judged>(all: readonly T[], wanted: Status): readonly T[] =>
  all.filter((one) => one.status === wanted && !one.known && isOfCycle(one));

/** Something was not seen: the prober ran out of time, was interrupted, or failed itself. */
export const isPartlyUnseen = (all: readonly Request[]): boolean => withStatus(all, 'inconclusive').length > 0;

export const idsOf = (all: readonly Pick<Request, 'id'>[]): readonly string[] => all.map(({ id }) => id);

/** Ids of the requests that fail as they did in the baseline. */
export const knownIds = (all: readonly Request[]): readonly string[] =>
  idsOf(all.filter((one) => one.known && isOfCycle(one)));
