import type { History } from '../model/history.ts';
import { idsOf, isStillFailing } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { requests, type Seen } from '../model/requests.ts';
import { asNews } from '../model/still-failing.ts';
import type { Target } from '../model/target.ts';
import { diagnose } from './diagnose.ts';

/** Diagnoses the known failures that remain to be repaired. Empty: there are none. */
export const diagnoseKnown = (
  seen: Seen,
  targets: readonly Target[],
  history: History | null,
): Pick<Report, 'stillFailing'> => {
  const known = requests(seen).filter(isStillFailing);
  if (known.length === 0 || seen.blind !== null) return {};
  const { blind } = seen;
  // What is new would be taken for a part of the old fault.
  const diagnosis = diagnose({ blind, ...asNews(seen), baselineDoubt: null }, targets, history);
  return { stillFailing: { requests: idsOf(known), diagnosis } };
};
