import { isStale } from '../model/baseline-doubt.ts';
import type { Candidate } from '../model/diagnosis.ts';
import type { Affected } from '../model/incident.ts';
import { isBroken, isOfCycle, isSymptom } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { type Request, type RoutedRequest, requests as requestsOf, withRoutes } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import { cleanUpTarget, registrationHost } from '../platform/flow-steps.ts';
import { suspectedPath } from '../report/faultless-paths.ts';
import { shownPath } from '../report/request-path.ts';
import type { CycleSighting } from './cycle.ts';
import { saysOf } from './says.ts';
import { type SeverityRules, severityOf } from './severity.ts';

/** The host that model registration uses. */
const registry = 'registry';

/** The failures that a cycle saw: one sighting per fault, and one for all unexplained failures. */
export const sightingsOf = (
  report: Report,
  targets: readonly Target[],
  rules: SeverityRules,
): readonly CycleSighting[] => {
  const { faults, hypotheses: candidates, paths, unexplained, status, outside = [] } = report.diagnosis;
  const requests = withRoutes(requestsOf(report).filter(isOfCycle), targets);
  const symptoms = requests.filter(isSymptom);
  const affected = new Map(requests.filter(isBroken).map((one) => [one.id, affectedBy(one)]));
  const says = new Map(requests.filter(isBroken).map((one) => [one.id, saysOf(one)]));
  const saidBy = (ids: readonly string[]): readonly string[] => [...new Set(ids.flatMap((id) => says.get(id) ?? []))];
  const down = isDown(registry, requests);
  const sighting = (ids: readonly string[], own: readonly Candidate[], fault: number | null): CycleSighting => {
    const causes = fault === null ? [] : (faults[fault] ?? []);
    const taken = ids.flatMap((id) => affected.get(id) ?? []).toSorted(worstFirst);
    return {
      causes: own
        .filter(({ id }) => causes.includes(id))
        .map((one) => ({
          id: one.id,
          probability: one.probability,
          ...confirmedBy(one, report),
        })),
      notRuledOut: own.filter(({ id }) => !causes.includes(id)).map(({ id, probability }) => ({ id, probability })),
      hosts: own.find(({ id }) => causes.includes(id))?.hosts ?? null,
      // Without an explanation, the hop that most failures point at is only suspected.
      path: shownPath(
        (fault === null
          ? suspectedPath(
              requests,
              requests.filter((one) => ids.includes(one.id) && isSymptom(one)),
            )[0]
          : paths.find((one) => one.fault === fault)
        )?.hops ?? [],
      ),
      affected: taken,
      affectedCount: taken.length,
      severity: severityOf(causes, taken, down, rules),
      says: saidBy(ids),
      ...(fault === null && outside.length > 0 ? { outside } : {}),
      ...(isStale(report.baselineDoubt) ? { baselineDoubted: true } : {}),
    };
  };
  const explains = faults.map((causes, fault) =>
    candidates.flatMap((one) => (one.fault === fault && causes.includes(one.id) ? one.explains : [])),
  );
  const left = status === 'no-match' ? symptoms.map(({ id }) => id) : unexplained;
  // Another fault would hardly say the same words, so this belongs to the fault that says them.
  const remainders = Map.groupBy(left, (id) => {
    const words = says.get(id) ?? null;
    return words === null ? -1 : explains.findIndex((ids) => saidBy(ids).includes(words));
  });
  const explained = explains.map((ids, fault) =>
    sighting(
      [...new Set([...ids, ...(remainders.get(fault) ?? [])])],
      candidates.filter((one) => one.fault === fault),
      fault,
    ),
  );
  // The clean-up is not a symptom and no cause explains it. It is reported separately unless a cause breaks the flow.
  const flowIsTold = explained.some(({ affected: taken }) => taken.some(({ id }) => isOfFlow(id)));
  const own = remainders.get(-1) ?? [];
  const rest = flowIsTold ? own : [...own, cleanUpTarget];
  const news = status === 'monitor-blind' ? [] : rest.filter((id) => affected.has(id));
  return [
    ...explained.filter(({ affectedCount }) => affectedCount > 0),
    ...(news.length === 0 ? [] : [sighting(news, [], null)]),
  ];
};

/** What AWS says that confirms a cause. */
const confirmedBy = ({ id }: Candidate, { confirmation }: Report): { readonly confirmedBy?: string } => {
  const finding = confirmation?.findings.find(
    ({ hypothesis, verdict }) => hypothesis === id && verdict === 'confirmed',
  );
  return finding === undefined ? {} : { confirmedBy: `${finding.source}: ${finding.line}` };
};

const affectedBy = ({ id, askedHost, status, failureMode, evidence }: Request): Affected => ({
  id,
  host: askedHost,
  status: status === 'fail' ? 'fail' : 'degraded',
  failureMode,
  summary: evidence.summary,
  ...((failureMode === 'tls-expires-soon' || failureMode === 'tls-expired') && evidence.certificate !== null
    ? { validTo: evidence.certificate.validTo }
    : {}),
});

/** The flow comes first: it is the platform's purpose. */
const worstFirst = (a: Affected, b: Affected): number => rank(a) - rank(b);

const rank = ({ id, status }: Affected): number => (status === 'degraded' ? 2 : 0) + (isOfFlow(id) ? 0 : 1);

const isOfFlow = (id: string): boolean => id.startsWith(`${registrationHost}.`);

const isDown = (host: string, requests: readonly RoutedRequest[]): boolean => {
  const asked = requests.filter(
    (one) => one.destination === host && (one.status === 'pass' || one.status === 'degraded' || one.status === 'fail'),
  );
  return asked.length > 0 && asked.every(({ status }) => status === 'fail');
};
