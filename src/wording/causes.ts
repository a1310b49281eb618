import type { IncidentCandidate, IncidentView } from '../model/incident.ts';
import type { Runbook } from '../model/runbook.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import { runbooks } from '../platform/runbooks.ts';
import { plural } from './count.ts';
import { fittingRunbook } from './fitting-runbook.ts';
import { surenessOf, withSureness } from './probability.ts';
import { isSecurityIncident, securityHeadline } from './security.ts';
import { noKnownCause } from './unexplained.ts';

/** The clause for the members of a tie. */
export const tieClause = 'they look the same from outside';
const tieTitle = 'Causes that look the same from outside';

/** A cause that is this many times likelier than the next does not look the same. */
const farAhead = 3;

export const isFarAhead = ([first, second]: readonly Probable[]): boolean =>
  (first?.probability ?? 0) >= farAhead * (second?.probability ?? 1);

/** The title of several possible causes of one fault. */
export const tieTitleOf = (causes: readonly Probable[]): string =>
  isFarAhead(causes) ? 'Possible causes, the likeliest first' : tieTitle;

/** Labels of the parts that an explanation has in every format. */
export const explanationLabels = { notRuledOut: 'not ruled out', next: 'next', fix: 'fix' } as const;
export const againstLabel = 'evidence against it';
export const unexplainedLabel = 'unexplained';

/** `MLflow is down`, `MLflow is down or API is down`, `MLflow is down or 2 others` */
export const headlinesOf = (causes: readonly HypothesisId[]): string =>
  orJoined(causes.map((id) => runbooks[id].headline));

/** The runbook of an incident's cause, in words that fit what it affects. `now`: ISO 8601; null: unknown. */
export const runbookIn = (id: HypothesisId, { affected }: Affecting, now: string | null): Runbook =>
  fittingRunbook(id, affected, { now });

type Affecting = Pick<IncidentView, 'affected'>;

/** `MLflow is down`, `MLflow is down or 1 other` */
export const headlineOf = (causes: readonly HypothesisId[]): string => {
  const [first, ...others] = causes;
  if (first === undefined) return noKnownCause;
  const { headline } = runbooks[first];
  return others.length === 0 ? headline : `${headline} or ${plural(others.length, 'other')}`;
};

interface Incident extends Affecting {
  readonly causes: readonly IncidentCandidate[];
  readonly notRuledOut: readonly IncidentCandidate[];
}

/** The probability of each of an incident's causes, in words; those not ruled out share the distribution. */
export const incidentSureness = ({
  causes,
  notRuledOut,
}: Pick<Incident, 'causes' | 'notRuledOut'>): ((one: IncidentCandidate) => string) =>
  surenessOf([...causes, ...notRuledOut]);

interface Probable {
  readonly probability: number | null;
}

/** The same for the causes of a report. Causes of different faults do not exclude each other. */
export const explanationSureness = <T extends Probable>({
  faults,
  notRuledOut,
}: {
  readonly faults: readonly { readonly causes: readonly T[] }[];
  readonly notRuledOut: readonly T[];
}): ((one: T) => string) => {
  const causes = faults.map((fault) => fault.causes);
  const groups = faults.length > 1 ? [...causes, notRuledOut] : [[...causes.flat(), ...notRuledOut]];
  const each = groups.map(surenessOf);
  return (one) => each.map((sure) => sure(one)).join('');
};

/** `API cannot find MLflow (82 %) or API cannot reach MLflow (18 %)` */
export const sureHeadlinesOf = (incident: Incident, now: string | null = null): string => {
  if (isSecurityIncident(incident.affected)) return securityHeadline;
  const sure = incidentSureness(incident);
  return orJoined(
    incident.causes.map((cause) => withSureness(runbookIn(cause.id, incident, now).headline, sure(cause))),
  );
};

/** Names up to two causes; of more, only the first. */
const orJoined = ([first, second, ...others]: readonly string[]): string => {
  if (first === undefined) return noKnownCause;
  if (second === undefined) return first;
  return others.length === 0 ? `${first} or ${second}` : `${first} or ${plural(others.length + 1, 'other')}`;
};

/** Labels for a command's output if the cause is right, and if it is wrong. */
export const answerLabels = ({
  headline,
}: Pick<Runbook, 'headline'>): { readonly yes: string; readonly no: string } => ({
  yes: `if ${headline}`,
  no: 'if not',
});
