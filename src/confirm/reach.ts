import { BlockList, isIP } from 'node:net';
import type { NetworkAcl, Permission, SecurityGroup } from './resources.ts';

/** Who sends or receives: a security group's members, with their addresses if they are known, or the whole world. */
export type Peer =
  | { readonly kind: 'world' }
  | { readonly kind: 'members'; readonly groups: readonly string[]; readonly addresses: readonly string[] };

/** `unclear`: a prefix list, or a range that some members may be in. */
export type Allowed = 'yes' | 'no' | 'unclear';

const everywhere = new Set(['0.0.0.0/0', '::/0']);

const coversPort = ({ protocol, from, to }: Pick<Permission, 'protocol' | 'from' | 'to'>, port: number): boolean => {
  if (protocol === '-1') return true;
  if (protocol !== 'tcp' && protocol !== '6') return false;
  return (from ?? 0) <= port && port <= (to ?? 65_535);
};

const isIn = (address: string, cidr: string): boolean => {
  const [network = '', bits = ''] = cidr.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(network) === 0 || isIP(address) !== isIP(network)) return false;
  const block = new BlockList();
  block.addSubnet(network, Number(bits), family);
  return block.check(address, family);
};

const byPermission = (permission: Permission, port: number, peer: Peer): Allowed => {
  if (!coversPort(permission, port)) return 'no';
  const { cidrs, groups, prefixLists } = permission;
  if (cidrs.some((cidr) => everywhere.has(cidr))) return 'yes';
  if (peer.kind === 'world') return cidrs.length + prefixLists.length > 0 ? 'unclear' : 'no';
  if (groups.some((group) => peer.groups.includes(group))) return 'yes';
  if (prefixLists.length > 0) return 'unclear';
  if (cidrs.length === 0) return 'no';
  if (peer.addresses.length === 0) return 'unclear';
  return peer.addresses.every((address) => cidrs.some((cidr) => isIn(address, cidr))) ? 'yes' : 'unclear';
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

/** All of it must allow: a hop works only if both ends let it pass. */
export const both = (one: Allowed, other: Allowed): Allowed => {
  if (one === 'no' || other === 'no') return 'no';
  return one === 'unclear' || other === 'unclear' ? 'unclear' : 'yes';
};

/** Whether the subnets' network ACLs let everything pass, as default ones do. Others are not worked out. */
export const aclsAllowAll = (acls: readonly NetworkAcl[], subnets: readonly string[]): boolean => {
  const fallback = acls.find(({ isDefault }) => isDefault);
  const own = subnets.map((subnet) => acls.find((acl) => acl.subnets.includes(subnet)) ?? fallback);
  return own.every(
    (acl) =>
      acl !== undefined &&
      [true, false].every((isEgress) => {
        const [first] = acl.entries
          .filter((entry) => entry.isEgress === isEgress && entry.cidr !== '::/0')
          .toSorted((a, b) => a.number - b.number);
        return first?.allows === true && first.protocol === '-1' && first.cidr === '0.0.0.0/0';
      }),
  );
};
