import type { Status, Verdict } from '../model/report.ts';

/** Told apart without colour. */
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

/** Against the baseline. */
export const knownWords = 'known from the baseline';
export const recoveredWords = 'recovered since the baseline';
