import { isPartlyUnseen } from '../model/predicates.ts';
import type { Status, Verdict } from '../model/report.ts';
import type { Request } from '../model/requests.ts';

/** Distinguishable without colour. */
export const marks: Readonly<Record<Status, string>> = {
  pass: '✓',
  degraded: '!',
  fail: '✗',
  inconclusive: '?',
  skipped: '–',
};

export const verdictWords: Readonly<Record<Verdict, string>> = {
  healthy: 'healthy',
  degraded: 'degraded: it works, but not fully',
  'still-failing': 'still failing as before, nothing new',
  failing: 'failing',
  inconclusive: 'inconclusive: too little was observed',
};

/** The verdict as the first line gives it. */
export const verdictLead = (verdict: Verdict, all: readonly Request[]): string =>
  verdict === 'degraded' && isPartlyUnseen(all) ? 'degraded, and not everything was seen' : verdictWords[verdict];

export const knownWords = 'known from the baseline';
export const stillFailingWords = 'still failing as before';

/** How a known failure is known. */
export const knownAs = (one: { readonly stillFailing?: boolean }): string =>
  one.stillFailing === true ? stillFailingWords : knownWords;
export const recoveredWords = 'recovered since the baseline';
