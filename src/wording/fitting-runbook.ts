import type { FailureMode } from '../model/failure-modes.ts';
import { isInPart } from '../model/predicates.ts';
import type { Status } from '../model/report.ts';
import type { Runbook } from '../model/runbook.ts';
import { type Hop, hopLabels } from '../platform/hops.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import { runbooks } from '../platform/runbooks.ts';
import { certificateWords } from './certificate-words.ts';
import { plural } from './count.ts';

/** A request that a fault affects. */
export interface AffectedRequest {
  readonly status: Status;
  readonly failureMode: FailureMode | null;
  /** ISO 8601: the end of the certificate that expires soon, or has expired. */
  readonly validTo?: string;
}

export interface Circumstances {
  /** ISO 8601; null: the words must stay true, so they name a date and no number of days. */
  readonly now: string | null;
  /** How many requests were asked that cross the hop; absent: not known. */
  readonly crossing?: { readonly count: number; readonly hop: Hop };
}

/** The runbook in words that fit what was seen: a valid certificate is not called invalid, half an outage no outage. */
export const fittingRunbook = (
  id: HypothesisId,
  affected: readonly AffectedRequest[],
  circumstances: Circumstances,
): Runbook => {
  const known = runbooks[id];
  const { soon, reported } = known;
  if (soon !== undefined && affected.length > 0 && affected.every(isSoon))
    return { ...known, ...soon, ...soonWords(affected, circumstances.now) };
  if (reported !== undefined && affected.length > 0 && affected.every(isReported)) return { ...known, ...reported };
  const whole =
    id === 'tls-certificate-invalid' ? { ...known, ...certificateWords(affected, circumstances.now) } : known;
  if (!isInPart(affected)) return whole;
  const extent = extentWords(affected.length, circumstances);
  return whole.part === undefined
    ? { ...whole, title: `In part (${extent}): ${whole.title}` }
    : { ...whole, ...whole.part, title: `${whole.part.title}: ${extent} fail, or pass only when they are repeated.` };
};

const isSoon = ({ failureMode }: AffectedRequest): boolean => failureMode === 'tls-expires-soon';

const reports: readonly (FailureMode | null)[] = ['dependency-unhealthy', 'unexpected-status', 'unexpected-body'];

const isReported = ({ failureMode }: AffectedRequest): boolean => reports.includes(failureMode);

const dayMs = 86_400_000;

const soonWords = (affected: readonly AffectedRequest[], now: string | null): Pick<Runbook, 'title' | 'headline'> => {
  const [first] = affected.flatMap(({ validTo }) => (validTo === undefined ? [] : [validTo])).toSorted();
  if (first === undefined)
    return { title: 'The certificate expires soon; until then it is valid.', headline: 'certificate expires soon' };
  const days = now === null ? Number.NaN : Math.floor((Date.parse(first) - Date.parse(now)) / dayMs);
  if (!(days >= 0))
    return {
      title: `The certificate expires on ${first.slice(0, 10)}; until then it is valid.`,
      headline: `certificate ends ${first.slice(0, 10)}`,
    };
  const when = days === 0 ? 'within a day' : `in ${plural(days, 'day')}`;
  return {
    title: `The certificate expires ${when}, on ${first.slice(0, 10)}; until then it is valid.`,
    headline: `certificate expires ${when}`,
  };
};

/** `5 of 29 requests that cross MLflow` */
const extentWords = (count: number, { crossing }: Circumstances): string =>
  crossing === undefined || crossing.count < count
    ? plural(count, 'request')
    : `${count} of ${plural(crossing.count, 'request')} that cross ${hopLabels[crossing.hop]}`;
