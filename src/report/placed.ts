import type { Diagnosis } from '../model/diagnosis.ts';
import { isSymptom } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { type Request, requests } from '../model/requests.ts';
import { reportOfKnown } from '../model/still-failing.ts';
import type { Hop } from '../platform/hops.ts';

/**
 * The requests as people see them: at the hop that the diagnosis names for their failure. A response alone often points
 * at the hop that sent it, and two hops for one failure on one screen confuse. The JSON report keeps what was observed.
 */
export const placedRequests = (report: Report): readonly Request[] => {
  const known = reportOfKnown(report);
  const inKnown = known === null ? null : placing(known.diagnosis);
  const inNews = placing(report.diagnosis);
  return requests(report).map((one) => {
    if (isSymptom(one)) return inNews(one);
    return one.stillFailing === true && inKnown !== null ? inKnown(one) : one;
  });
};

const placing = ({ faults, hypotheses: candidates }: Diagnosis): ((one: Request) => Request) => {
  const hopsOf = new Map(
    faults.flatMap((ids, fault) => {
      const own = candidates.filter((one) => one.fault === fault && ids.includes(one.id));
      const hops: readonly Hop[] = [...new Set(own.map(({ hop }) => hop))];
      return own.flatMap(({ explains }) => explains.map((id) => [id, hops] as const));
    }),
  );
  return (one) => {
    const hops = hopsOf.get(one.id);
    if (hops === undefined || (one.hop !== null && hops.includes(one.hop))) return one;
    const [only = null, ...others] = hops;
    // Causes that look the same break different hops: the path shows them.
    return { ...one, hop: others.length === 0 ? only : null };
  };
};
