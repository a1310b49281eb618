import type { AclEntry, NetworkAcl, Permission, SecurityGroup } from '../../src/confirm/resources.ts';

/*
 * A second model of security groups and network ACLs, packet by packet, as AWS's documents describe them. It shares
 * nothing with src/confirm but the types: addresses are numbers here, and every packet is looked at by itself.
 */

export interface Host {
  readonly address: string;
  readonly subnet: string;
  readonly groups: readonly string[];
}

interface Packet {
  readonly from: Host;
  readonly to: Host;
  readonly port: number;
}

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const contains = (cidr: string, address: string): boolean => {
  const [network = '', bits = ''] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(network) / size) === Math.floor(numberOf(address) / size);
};

const inRange = ({ from, to }: { readonly from: number | null; readonly to: number | null }, port: number): boolean =>
  port >= (from ?? 0) && port <= (to ?? 65_535);

const permits = (rule: Permission, peer: Host, port: number): boolean =>
  (rule.protocol === '-1' || (rule.protocol === 'tcp' && inRange(rule, port))) &&
  (rule.cidrs.some((cidr) => contains(cidr, peer.address)) || rule.groups.some((id) => peer.groups.includes(id)));

const groupsPass = (groups: readonly SecurityGroup[], { from, to, port }: Packet): boolean =>
  groups.some(({ id, egress }) => from.groups.includes(id) && egress.some((rule) => permits(rule, to, port))) &&
  groups.some(({ id, ingress }) => to.groups.includes(id) && ingress.some((rule) => permits(rule, from, port)));

const aclPasses = (entries: readonly AclEntry[], isEgress: boolean, address: string, port: number): boolean => {
  const byNumber = [...entries].sort((a, b) => a.number - b.number);
  for (const entry of byNumber) {
    if (entry.isEgress !== isEgress || entry.cidr === null || !contains(entry.cidr, address)) continue;
    if (entry.protocol === '-1' || (entry.protocol === '6' && inRange(entry, port))) return entry.allows;
  }
  return false;
};

/** Whether one packet gets from one subnet into another. Within a subnet there is no ACL. */
const aclsPass = (acls: readonly NetworkAcl[], { from, to, port }: Packet): boolean => {
  if (from.subnet === to.subnet) return true;
  const entriesOf = (subnet: string): readonly AclEntry[] =>
    acls.find(({ subnets }) => subnets.includes(subnet))?.entries ?? [];
  return (
    aclPasses(entriesOf(from.subnet), true, to.address, port) &&
    aclPasses(entriesOf(to.subnet), false, from.address, port)
  );
};

/** Whether a connection comes about: security groups let its answers pass by themselves. */
export const connectsByGroups = (groups: readonly SecurityGroup[], from: Host, to: Host, port: number): boolean =>
  groupsPass(groups, { from, to, port });

/** The same for ACLs, which look at the answers too, here to one port of the client. */
export const connectsByAcls = (
  acls: readonly NetworkAcl[],
  from: Host,
  to: Host,
  { port, clientPort }: { readonly port: number; readonly clientPort: number },
): boolean => aclsPass(acls, { from, to, port }) && aclsPass(acls, { from: to, to: from, port: clientPort });
