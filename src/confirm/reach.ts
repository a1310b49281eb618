import { type Addresses, type Share, shareIn } from './addresses.ts';
import type { Permission, PrefixList, SecurityGroup } from './resources.ts';

/** Who sends or receives: the members of security groups, or the whole world. */
export interface Peer {
  readonly groups: readonly string[];
  readonly addresses: Addresses;
}

/** `unclear`: for some of the traffic, or it cannot be worked out. */
export type Allowed = 'yes' | 'no' | 'unclear';

const allowedFor: Readonly<Record<Share, Allowed>> = { all: 'yes', none: 'no', some: 'unclear' };

const coversPort = ({ protocol, from, to }: Pick<Permission, 'protocol' | 'from' | 'to'>, port: number): boolean => {
  if (protocol === '-1') return true;
  if (protocol !== 'tcp' && protocol !== '6') return false;
  return (from ?? 0) <= port && port <= (to ?? 65_535);
};

const byPermission = (permission: Permission, port: number, peer: Peer): Allowed => {
  if (!coversPort(permission, port)) return 'no';
  const { cidrs, groups, prefixLists } = permission;
  if (groups.some((group) => peer.groups.includes(group))) return 'yes';
  const byAddress = allowedFor[shareIn(peer.addresses, cidrs)];
  return byAddress === 'no' && prefixLists.length > 0 ? 'unclear' : byAddress;
};

/** Any rule of any group that allows is enough. */
const best = (all: readonly Allowed[]): Allowed => {
  if (all.includes('yes')) return 'yes';
  return all.includes('unclear') ? 'unclear' : 'no';
};

/** What the rules of these groups say about a TCP port. `unclear` if a group is not among those that are known. */
export const allowedBy = (
  groups: readonly SecurityGroup[],
  ids: readonly string[],
  { direction, port, peer }: { readonly direction: 'ingress' | 'egress'; readonly port: number; readonly peer: Peer },
): Allowed => {
  const own = ids.map((id) => groups.find((group) => group.id === id));
  if (ids.length === 0 || own.includes(undefined)) return 'unclear';
  return best(own.flatMap((group) => (group?.[direction] ?? []).map((one) => byPermission(one, port, peer))));
};

/** All of it must allow: a hop works only if every part lets it pass. */
export const every = (all: readonly Allowed[]): Allowed => {
  if (all.includes('no')) return 'no';
  return all.includes('unclear') ? 'unclear' : 'yes';
};

/** The groups with the networks of the prefix lists that are known in place of their names. */
export const withPrefixLists = (
  groups: readonly SecurityGroup[],
  lists: readonly PrefixList[],
): readonly SecurityGroup[] => {
  const expanded = (permission: Permission): Permission => {
    const known = lists.filter(({ id }) => permission.prefixLists.includes(id));
    return {
      ...permission,
      cidrs: [...permission.cidrs, ...known.flatMap(({ cidrs }) => cidrs)],
      prefixLists: permission.prefixLists.filter((id) => !known.some((one) => one.id === id)),
    };
  };
  return groups.map((one) => ({ ...one, ingress: one.ingress.map(expanded), egress: one.egress.map(expanded) }));
};
