import { cutText } from '../model/cut-text.ts';
import { deploymentEffectMs } from '../model/history.ts';
import type { Affected, IncidentView, Severity, Sighting } from '../model/incident.ts';
import { storedEntries, storedTextBytes } from '../model/incident-schema/limits.ts';
import { severities } from '../model/severities.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import type { Cycle, IncidentRules } from './cycle.ts';
import { incidentLimits } from './limits.ts';
import type { Mark, State, Tracked } from './state.ts';
import { withEachHost } from './with-each-host.ts';

/** A new, pending incident from its first sighting. */
export const begin = (sighting: Sighting, id: string, at: string, { environment, version }: State): Tracked => ({
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
    everAffected: remembered([], sighting.affected),
    deployment: shortlyBefore(at, version),
    acknowledged: null,
  },
  marks: ['present'],
  absentCycles: 0,
  drift: null,
  worseCycles: 0,
  told: null,
  nextEvent: 1,
});

export const seePresent = (incident: Tracked, sighting: Sighting, at: string, rules: IncidentRules): Tracked => {
  const { view, told } = incident;
  const causes = idsOf(sighting);
  const last = view.history.at(-1);
  const same = last !== undefined && sameSet(last.causes, causes);
  const next: IncidentView = {
    ...view,
    ...shown(sighting),
    failingCycles: view.failingCycles + 1,
    history: same ? view.history : [...view.history, { at, causes }].slice(-storedEntries.history),
    everAffected: remembered(view.everAffected, sighting.affected),
  };
  const kind = told === null ? null : driftOf(told.causes, causes);
  const worse = told !== null && isWorse(sighting.severity, told.severity);
  return {
    ...incident,
    view: next,
    marks: [...incident.marks, 'present' as const].slice(-rules.open.of),
    absentCycles: 0,
    drift: kind === null ? null : { kind, cycles: (incident.drift?.cycles ?? 0) + 1 },
    worseCycles: worse ? incident.worseCycles + 1 : 0,
  };
};

export const seeAbsent = (incident: Tracked, rules: IncidentRules): Tracked => ({
  ...incident,
  marks: [...incident.marks, 'absent' as const].slice(-rules.open.of),
  absentCycles: incident.absentCycles + 1,
});

/** Every request that it ever took down has stopped failing, and all of them that are still probed have passed. */
export const isAbsent = ({ view }: Tracked, { passed, probed }: Pick<Cycle, 'passed' | 'probed'>): boolean =>
  view.everAffected.every((id) => passed.has(id) || !probed.has(id));

export const opens = (marks: readonly Mark[], { failures }: IncidentRules['open']): boolean =>
  marks.at(-1) === 'present' && marks.filter((mark) => mark === 'present').length >= failures;

export const isForgotten = (marks: readonly Mark[], { of }: IncidentRules['open']): boolean =>
  marks.length >= of && marks.every((mark) => mark === 'absent');

/** Consecutive healthy cycles that resolve it. A flapping incident needs more each time. */
export const patience = ({ view }: Tracked, { resolveAfter }: IncidentRules): number =>
  resolveAfter * Math.min(2 ** view.returns, incidentLimits.mostPatience);

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

const shown = (sighting: Sighting): Sighting => ({
  ...sighting,
  affected: withEachHost(sighting.affected, storedEntries.affected).map((one) => ({
    ...one,
    summary: cutText(one.summary, storedTextBytes.summary),
  })),
});

const remembered = (before: readonly string[], affected: readonly Affected[]): readonly string[] =>
  [...new Set([...before, ...affected.map(({ id }) => id)])].slice(0, storedEntries.everAffected);

const shortlyBefore = (at: string, version: State['version']): IncidentView['deployment'] => {
  const deployment = version?.deployment ?? null;
  if (deployment === null) return null;
  const agoMs = Date.parse(at) - Date.parse(deployment.at);
  return agoMs >= 0 && agoMs <= deploymentEffectMs ? deployment : null;
};
