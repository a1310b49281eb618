import { isBroken, isStillFailing } from './predicates.ts';
import type { Report } from './report.ts';
import { type Results, withKnown } from './requests.ts';

/** The results with the known failures as news, and everything else that fails as known. */
export const asNews = (results: Results): Omit<Results, 'followUp'> =>
  withKnown(results, (one) => ({
    known: !isStillFailing(one) && isBroken({ ...one, known: false }),
    stillFailing: false,
  }));

/** The report of the known failures, as if they were new; null: none remain. For showing their diagnosis. */
export const reportOfKnown = (report: Report): Report | null => {
  const { stillFailing, followUp: _, confirmation: __, ...rest } = report;
  if (stillFailing === undefined) return null;
  return { ...rest, ...asNews(report), verdict: 'failing', diagnosis: stillFailing.diagnosis, baselineDoubt: null };
};
