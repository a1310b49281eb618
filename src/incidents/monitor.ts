import type { IncidentEvent, Mute } from '../model/incident.ts';
import type { Cycle, IncidentRules } from './cycle.ts';
import { ended } from './mutes.ts';
import { isForgotten, opens } from './presence.ts';
import type { State } from './state.ts';

/** Tracks whether the monitor itself can see, from a cycle that counts. */
export const watchSight = (
  { blind, environment }: State,
  { kind }: Cycle,
  at: string,
  rules: IncidentRules,
): { readonly blind: State['blind']; readonly events: readonly IncidentEvent[] } => {
  if (kind === 'seen' && blind.since === null) return { blind, events: [] };
  const marks = [...blind.marks, kind === 'blind' ? ('present' as const) : ('absent' as const)].slice(
    -Math.max(rules.open.of, rules.resolveAfter),
  );
  const since = blind.since ?? at;
  const inWindow = marks.slice(-rules.open.of);
  if (!blind.told) {
    if (isForgotten(inWindow, rules.open)) return { blind: seeing, events: [] };
    const told = opens(inWindow, rules.open);
    return {
      blind: { since, told, marks },
      events: told ? [{ ...monitorEvent(environment, at, 'blind'), kind: 'monitor-blind', since }] : [],
    };
  }
  const sees =
    marks.length >= rules.resolveAfter && marks.slice(-rules.resolveAfter).every((mark) => mark === 'absent');
  return sees
    ? { blind: seeing, events: [{ ...monitorEvent(environment, at, 'sees'), kind: 'monitor-sees', since }] }
    : { blind: { since, told: true, marks }, events: [] };
};

const seeing: State['blind'] = { since: null, told: false, marks: [] };

/** Reports the end of each mute, with the incidents that it kept silent. */
export const endedMutes = (
  { mutesInForce, environment }: State,
  atMs: number,
  silenced: (mute: Mute) => readonly string[],
): readonly IncidentEvent[] => {
  const at = new Date(atMs).toISOString();
  return ended(mutesInForce, atMs).map((mute, index) => ({
    ...monitorEvent(environment, at, `mute-${index + 1}`),
    kind: 'mute-ended',
    mute,
    open: silenced(mute),
  }));
};

/** Events that belong to no incident are ordered among themselves. Each cycle that counts has its own start time. */
const monitorEvent = (
  environment: string,
  at: string,
  what: string,
): { readonly id: string; readonly subject: string; readonly environment: string; readonly at: string } => ({
  id: `${environment}.monitor.${at.replaceAll(/[^0-9]/g, '')}-${what}`,
  subject: 'monitor',
  environment,
  at,
});
