import type { Candidate } from '../platform/diagnosis.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import { hypotheses } from '../platform/hypotheses.ts';
import type { Affected, Sighting } from '../platform/incident.ts';
import { stepTarget } from '../platform/registration.ts';
import type { Outcome, Report } from '../platform/report.ts';
import type { Target } from '../platform/target.ts';
import { requestPath } from '../report/request-path.ts';
import { isSymptom, type Request, requestsOf } from '../report/requests.ts';
import { type SeverityRules, severityOf } from './severity.ts';

/** The host that the flow goes by. */
const hostOfFlow = 'registry';
const cleanUp = 'registration.clean-up';

/** What a cycle saw that is broken: a sighting for each fault, and one for all that nothing explains. */
export const sightingsOf = (report: Report, targets: readonly Target[], rules: SeverityRules): readonly Sighting[] => {
  const { faults, hypotheses: candidates, unexplained, status } = report.diagnosis;
  const requests = requestsOf(report, targets);
  const symptoms = requests.filter(isSymptom);
  const affected = new Map(affectedIn(report).map((one) => [one.id, one]));
  const down = isDown(hostOfFlow, requests);
  const sighting = (ids: readonly string[], own: readonly Candidate[], causes: readonly HypothesisId[]): Sighting => {
    const taken = ids.flatMap((id) => affected.get(id) ?? []).toSorted(worstFirst);
    const hops = new Set(causes.map((id) => hypotheses[id].hop));
    const others = faults
      .flat()
      .filter((id) => !causes.includes(id))
      .map((id) => ({
        hop: hypotheses[id].hop,
        hosts: candidates.find((one) => one.id === id)?.hosts ?? null,
      }));
    return {
      causes: own.filter(({ id }) => causes.includes(id)).map(({ id, probability }) => ({ id, probability })),
      notRuledOut: own.filter(({ id }) => !causes.includes(id)).map(({ id, probability }) => ({ id, probability })),
      hosts: own.find(({ id }) => causes.includes(id))?.hosts ?? null,
      path: requestPath(
        symptoms.filter(({ id }) => ids.includes(id)),
        requests,
        hops,
        others,
      ),
      affected: taken,
      affectedCount: taken.length,
      severity: severityOf(causes, taken, down, rules),
    };
  };
  const explained = faults.map((causes, fault) => {
    const own = candidates.filter((one) => one.fault === fault);
    const ids = [...new Set(own.filter(({ id }) => causes.includes(id)).flatMap(({ explains }) => explains))];
    return sighting(ids, own, causes);
  });
  const left = status === 'no-match' ? symptoms.map(({ id }) => id) : unexplained;
  // The clean-up is no request with a way of its own: what it leaves behind is news when nothing else tells of it.
  const rest = [...left, ...(explained.length === 0 && affected.has(cleanUp) ? [cleanUp] : [])];
  const news = status === 'monitor-blind' ? [] : rest.filter((id) => affected.has(id));
  return [
    ...explained.filter(({ affectedCount }) => affectedCount > 0),
    ...(news.length === 0 ? [] : [sighting(news, [], [])]),
  ];
};

/** All that fails or is degraded, and is news. */
const affectedIn = ({ outcomes, registration }: Report): readonly Affected[] => [
  ...outcomes.flatMap(({ target, host, ...outcome }) => affectedBy(target, host, outcome)),
  ...(registration?.steps ?? []).flatMap((step) => affectedBy(stepTarget(step.id), hostOfFlow, step)),
  ...(registration === null
    ? []
    : affectedBy(cleanUp, hostOfFlow, {
        ...registration.cleanup,
        known: false,
        evidence: registration.cleanup.evidence ?? {
          summary: `${registration.cleanup.leftBehind.length} things were left behind`,
        },
      })),
];

interface Judged extends Pick<Outcome, 'status' | 'failureMode' | 'known'> {
  readonly evidence: { readonly summary: string };
}

const affectedBy = (id: string, host: string, { status, failureMode, known, evidence }: Judged): readonly Affected[] =>
  known || (status !== 'fail' && status !== 'degraded')
    ? []
    : [{ id, host, status, failureMode, summary: evidence.summary }];

/** The flow first: it is what the platform is for. */
const worstFirst = (a: Affected, b: Affected): number => rank(a) - rank(b);

const rank = ({ id, status }: Affected): number =>
  (status === 'degraded' ? 2 : 0) + (id.startsWith('registration.') ? 0 : 1);

const isDown = (host: string, requests: readonly Request[]): boolean => {
  const asked = requests.filter(
    (one) => one.host === host && (one.status === 'pass' || one.status === 'degraded' || one.status === 'fail'),
  );
  return asked.length > 0 && asked.every(({ status }) => status === 'fail');
};
