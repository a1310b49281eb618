import type { Affected, IncidentView, Mute } from '../model/incident.ts';

export const inForce = (mutes: readonly Mute[], nowMs: number): readonly Mute[] =>
  mutes.filter(({ until }) => Date.parse(until) > nowMs);

/** Mutes that have expired since the last cycle. A mute that was removed by hand is not one of them. */
export const ended = (before: readonly Mute[], nowMs: number): readonly Mute[] =>
  before.filter(({ until }) => Date.parse(until) <= nowMs);

/** Its cause is muted (in a tie, all of them), or everything that it takes down is. */
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
  // The list is incomplete but has an entry for each host, so only host mutes can cover everything.
  if (affectedCount > affected.length) return affected.every(isOfHost);
  return (
    affected.length > 0 && affected.every((one) => isOfHost(one) || targets.has(one.id) || targets.has(groupOf(one.id)))
  );
};

/** Whether this mute, alone or with others in force, kept the incident silent. */
export const isKeptSilentBy = (view: IncidentView, mute: Mute, inForce: readonly Mute[]): boolean => {
  const others = inForce.filter((one) => one !== mute);
  return isMuted(view, [mute]) || (isMuted(view, inForce) && !isMuted(view, others));
};

/** The flow runs under the registry's name. It can also be muted by its own, as a host or as a target. */
const groupOf = (id: string): string => id.split('.')[0] ?? id;
