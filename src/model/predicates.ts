import type { Status, Verdict } from './report.ts';
import type { Request } from './requests.ts';

/*
 * How a request is judged, once for all stages. Whoever needs another distinction adds it here.
 */

type Judged = Pick<Request, 'status' | 'known'>;

/** What counts as a failure besides a plain one; from `--fail-on` and `--fail-on-known`. */
export interface Strictness {
  /** A request that works, but not as it should. */
  readonly degraded: boolean;
  /** A request that fails as it did in the baseline. */
  readonly known: boolean;
}

const onlyFailing: Strictness = { degraded: false, known: false };
const degradedToo: Strictness = { degraded: true, known: false };

/** It fails the check. Without a strictness by the default: `fail`, and not known. */
export const isFailure = ({ status, known }: Judged, strictness = onlyFailing): boolean =>
  (!known || strictness.known) && (status === 'fail' || (status === 'degraded' && strictness.degraded));

/** The same for a verdict. */
export const isFailingVerdict = (verdict: Verdict, strictness: Strictness): boolean =>
  verdict === 'failing' || (verdict === 'degraded' && strictness.degraded);

/** It fails or is degraded, and was not so in the baseline. */
export const isBroken = (request: Judged): boolean => isFailure(request, degradedToo);

/** It is news: broken or inconclusive, and not known. A skipped request was not asked, so it tells nothing. */
export const isNews = ({ status, known }: Judged): boolean => !known && status !== 'pass' && status !== 'skipped';

/**
 * The diagnosis has to explain it: it is broken, and in which way is known. The clean-up is no symptom: it runs last, on the
 * way of the steps, so they show what breaks it.
 */
export const isSymptom = (request: Pick<Request, 'kind' | 'status' | 'failureMode' | 'known'>): boolean =>
  request.kind !== 'clean-up' && request.failureMode !== null && isBroken(request);

/** It was answered, so every hop on its way works in some way. A clean-up is degraded also when nothing answered it. */
export const isAnswered = ({ kind, status }: Pick<Request, 'kind' | 'status'>): boolean =>
  status === 'pass' || (status === 'degraded' && kind !== 'clean-up');

/** Those with this status; known ones are counted apart. */
export const withStatus = <T extends Judged>(all: readonly T[], wanted: Status): readonly T[] =>
  all.filter(({ status, known }) => status === wanted && !known);

export const idsOf = (all: readonly Pick<Request, 'id'>[]): readonly string[] => all.map(({ id }) => id);

/** Ids of the requests that fail as they did in the baseline. */
export const knownIds = (all: readonly Request[]): readonly string[] => idsOf(all.filter(({ known }) => known));
