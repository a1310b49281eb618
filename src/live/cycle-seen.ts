import { isFailure, isOfCycle, withStatus } from '../model/predicates.ts';
import type { Report, Verdict } from '../model/report.ts';
import { type Request, requests } from '../model/requests.ts';
import { blindHeadline } from '../wording/blind.ts';
import { headlinesOf } from '../wording/causes.ts';
import { cut, plainText } from '../wording/plain-text.ts';
import { countWords } from '../wording/requests.ts';
import { liveLimits } from './limits.ts';

/** What a cycle saw of a host, or of the registration flow. */
export const sights = ['ok', 'degraded', 'failed', 'unknown'] as const;
export type Sight = (typeof sights)[number];

/** A cycle, as the history keeps it. */
export interface CycleSeen {
  /** ISO 8601. */
  readonly at: string;
  readonly durationMs: number;
  readonly verdict: Verdict;
  /** Counts and causes. */
  readonly words: string;
  /** By host; `registration` for the flow. */
  readonly subjects: ReadonlyMap<string, Sight>;
}

export const cycleSeenIn = (report: Report): CycleSeen => {
  const all = requests(report).filter(isOfCycle);
  const { startedAt, durationMs, verdict, blind } = report;
  const subjects = [...Map.groupBy(all, ({ host }) => plainText(host).slice(0, liveLimits.name))].map(
    ([host, own]) => [host, blind === null ? sightOf(own) : 'unknown'] as const,
  );
  return {
    ...{ at: startedAt, durationMs: Math.round(durationMs), verdict },
    words: cut([countWords(all), ...causeWords(report)].filter((one) => one !== '').join(' · '), liveLimits.words),
    subjects: new Map(subjects),
  };
};

/** A known failure counts as working, as in the metrics. What was not seen is unknown, never working. */
const sightOf = (own: readonly Request[]): Sight => {
  if (own.some((request) => isFailure(request))) return 'failed';
  if (withStatus(own, 'degraded').length > 0) return 'degraded';
  return own.some(({ status, known }) => status === 'pass' || known) ? 'ok' : 'unknown';
};

const causeWords = ({ blind, diagnosis: { faults } }: Report): readonly string[] =>
  blind === null ? faults.map((causes) => headlinesOf(causes)) : [blindHeadline];
