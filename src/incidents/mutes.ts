import type { IncidentView, Mute } from '../platform/incident.ts';

export const inForce = (mutes: readonly Mute[], nowMs: number): readonly Mute[] =>
  mutes.filter(({ until }) => Date.parse(until) > nowMs);

/** Mutes that were in force, and whose time is over; what was taken back is not among them. */
export const ended = (before: readonly Mute[], nowMs: number): readonly Mute[] =>
  before.filter(({ until }) => Date.parse(until) <= nowMs);

/** Its cause is muted (all of them, in a tie), or all that it takes down. */
export const isMuted = (
  { causes, affected }: Pick<IncidentView, 'causes' | 'affected'>,
  mutes: readonly Mute[],
): boolean => {
  if (mutes.length === 0) return false;
  const hypotheses = new Set(mutes.flatMap(({ what }) => ('hypothesis' in what ? [what.hypothesis] : [])));
  if (causes.length > 0 && causes.every(({ id }) => hypotheses.has(id))) return true;
  const targets = new Set(mutes.flatMap(({ what }) => ('target' in what ? [what.target] : [])));
  const hosts = new Set(mutes.flatMap(({ what }) => ('host' in what ? [what.host] : [])));
  return (
    affected.length > 0 &&
    affected.every(({ id, host }) => targets.has(id) || hosts.has(host) || hosts.has(groupOf(id)))
  );
};

/** The flow goes by the registry's name, and can be muted by its own. */
const groupOf = (id: string): string => id.split('.')[0] ?? id;
