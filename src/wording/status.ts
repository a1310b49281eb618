import type { Status, Verdict } from '../model/report.ts';

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
  failing: 'failing',
  inconclusive: 'inconclusive: too little was observed',
};

export const knownWords = 'known from the baseline';
export const recoveredWords = 'recovered since the baseline';
