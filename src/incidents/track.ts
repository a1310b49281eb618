import { cutText } from '../model/cut-text.ts';
import { deploymentEffectMs } from '../model/history.ts';
import type { IncidentView, Severity, Sighting } from '../model/incident.ts';
import { storedEntries, storedTextBytes } from '../model/incident-schema/limits.ts';
import { severities } from '../model/severities.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import type { CycleSighting, IncidentRules } from './cycle.ts';
import { isResolved, type State, type Tracked } from './state.ts';
import { withEachHost } from './with-each-host.ts';

/** A new, pending incident from its first sighting. */
export const begin = (sighting: CycleSighting, id: string, at: string, { environment, version }: State): Tracked => ({
  view: {
    ...shown(sighting),
    id,
    environment,
    startedAt: at,
    openedAt: null,
    resolvedAt: null,
    failingCycles: 1,
    returns: 0,
    history: [{ at, causes: idsOf(sighting) }],
    everAffected: everAffectedBy([], sighting),
    deployment: shortlyBefore(at, version),
    acknowledged: null,
  },
  marks: ['present'],
  absentCycles: 0,
  absentSince: null,
  closedAt: null,
  drift: null,
  worseCycles: 0,
  says: remembered([], sighting.says, storedEntries.says),
  told: null,
  nextEvent: 1,
});

export const seePresent = (incident: Tracked, sighting: CycleSighting, at: string, rules: IncidentRules): Tracked => {
  const { told } = incident;
  // The sighting says whether it is doubted now.
  const { baselineDoubted: _, outside: __, ...view } = incident.view;
  const causes = idsOf(sighting);
  const last = view.history.at(-1);
  const same = last !== undefined && sameSet(last.causes, causes);
  const kind = told === null || isResolved(incident) ? null : driftOf(told.causes, causes);
  const drift = kind === null ? null : { kind, cycles: (incident.drift?.cycles ?? 0) + 1 };
  const next: IncidentView = {
    ...view,
    ...shown(sighting),
    ...(isHeld(drift, rules) ? {} : diagnosisOf(view)),
    failingCycles: view.failingCycles + 1,
    history: same ? view.history : [...view.history, { at, causes }].slice(-storedEntries.history),
    everAffected: everAffectedBy(view.everAffected, sighting),
  };
  const worse = told !== null && isWorse(sighting.severity, told.severity);
  return {
    ...incident,
    view: next,
    marks: [...incident.marks, 'present' as const].slice(-rules.open.of),
    absentCycles: 0,
    absentSince: null,
    drift,
    worseCycles: worse ? incident.worseCycles + 1 : 0,
    says: remembered(incident.says, sighting.says, storedEntries.says),
  };
};

/** Whether another diagnosis than the reported one has lasted long enough to be shown. Null: it is not another one. */
export const isHeld = (drift: Tracked['drift'], { open }: IncidentRules): boolean =>
  drift === null || drift.cycles >= open.failures;

const diagnosisOf = ({ causes, notRuledOut, hosts, path }: IncidentView): Partial<IncidentView> => ({
  causes,
  notRuledOut,
  hosts,
  path,
});

/** An incident that returns, with the pending incident that was the beginning of it. */
export const joined = (incident: Tracked, start: Tracked | undefined): Tracked => {
  if (start === undefined) return incident;
  const { view } = incident;
  return {
    ...incident,
    view: {
      ...view,
      failingCycles: view.failingCycles + start.view.failingCycles,
      everAffected: remembered(view.everAffected, start.view.everAffected, storedEntries.everAffected),
    },
    marks: [...incident.marks, ...start.marks],
    says: remembered(incident.says, start.says, storedEntries.says),
  };
};

export const seeAbsent = (incident: Tracked, at: string, rules: IncidentRules): Tracked => ({
  ...incident,
  marks: [...incident.marks, 'absent' as const].slice(-rules.open.of),
  absentCycles: incident.absentCycles + 1,
  absentSince: incident.absentSince ?? at,
});

export const idsOf = ({ causes }: Pick<Sighting, 'causes'>): readonly HypothesisId[] => causes.map(({ id }) => id);

export const isWorse = (severity: Severity, than: Severity): boolean =>
  severities.indexOf(severity) < severities.indexOf(than);

/** Additional causes are not news, because the reported one may still be the true one. */
const driftOf = (told: readonly HypothesisId[], now: readonly HypothesisId[]): 'moved' | 'narrowed' | null => {
  if (sameSet(told, now)) return null;
  const common = now.filter((id) => told.includes(id));
  if (common.length === 0) return 'moved';
  return common.length === now.length ? 'narrowed' : null;
};

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));

const shown = ({ says, ...sighting }: CycleSighting): Sighting => ({
  ...sighting,
  affected: withEachHost(sighting.affected, storedEntries.affected).map((one) => ({
    ...one,
    summary: cutText(one.summary, storedTextBytes.summary),
  })),
});

const everAffectedBy = (before: readonly string[], { affected }: CycleSighting): readonly string[] =>
  remembered(
    before,
    affected.map(({ id }) => id),
    storedEntries.everAffected,
  );

const remembered = (before: readonly string[], now: readonly string[], most: number): readonly string[] =>
  [...new Set([...before, ...now])].slice(0, most);

const shortlyBefore = (at: string, version: State['version']): IncidentView['deployment'] => {
  const deployment = version?.deployment ?? null;
  if (deployment === null) return null;
  const agoMs = Date.parse(at) - Date.parse(deployment.at);
  return agoMs >= 0 && agoMs <= deploymentEffectMs ? deployment : null;
};
