import type { Affected, IncidentView, Mute } from '../model/incident.ts';

export const inForce = (mutes: readonly Mute[], nowMs: number): readonly Mute[] =>
  mutes.filter(({ until }) => Date.parse(until) > nowMs);

/** Mutes that were in force, and whose time is over; what was taken back is not among them. */
export const ended = (before: readonly Mute[], nowMs: number): readonly Mute[] =>
  before.filter(({ until }) => Date.parse(until) <= nowMs);

/** Its cause is muted (all of them, in a tie), or all that it takes down. */
export const isMuted = (
  { causes, affected, affectedCount }: Pick<IncidentView, 'causes' | 'affected' | 'affectedCount'>,
  mutes: readonly Mute[],
): boolean => {
  if (mutes.length === 0) return false;
  const hypotheses = new Set(mutes.flatMap(({ what }) => ('hypothesis' in what ? [what.hypothesis] : [])));
  if (causes.length > 0 && causes.every(({ id }) => hypotheses.has(id))) return true;
  const targets = new Set(mutes.flatMap(({ what }) => ('target' in what ? [what.target] : [])));
  const hosts = new Set(mutes.flatMap(({ what }) => ('host' in what ? [what.host] : [])));
  const isOfHost = ({ id, host }: Affected): boolean => hosts.has(host) || hosts.has(groupOf(id));
  // Not all that is down is listed then, but each of its hosts is: only hosts can cover it.
  if (affectedCount > affected.length) return affected.every(isOfHost);
  return (
    affected.length > 0 && affected.every((one) => isOfHost(one) || targets.has(one.id) || targets.has(groupOf(one.id)))
  );
};

/** Whether it was (also) this one, of those in force, that kept it silent. */
export const isKeptSilentBy = (view: IncidentView, mute: Mute, inForce: readonly Mute[]): boolean => {
  const others = inForce.filter((one) => one !== mute);
  return isMuted(view, [mute]) || (isMuted(view, inForce) && !isMuted(view, others));
};

/** The flow goes by the registry's name, and can be muted by its own, as a host or a target. */
const groupOf = (id: string): string => id.split('.')[0] ?? id;
