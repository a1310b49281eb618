import { type Addresses, type Share, shareIn } from './addresses.ts';
import { type Allowed, every } from './reach.ts';
import type { AclEntry, NetworkAcl } from './resources.ts';

interface Ports {
  readonly from: number;
  readonly to: number;
}

/** Ports that a client may use. AWS's balancers use all of them. */
const clientPorts: Ports = { from: 1_024, to: 65_535 };

interface Way {
  readonly isEgress: boolean;
  readonly ports: Ports;
  readonly addresses: Addresses;
}

const portShare = ({ protocol, from, to }: AclEntry, ports: Ports): Share => {
  if (protocol === '-1') return 'all';
  if (protocol !== '6' && protocol !== 'tcp') return 'none';
  const [low, high] = [from ?? 0, to ?? 65_535];
  if (low <= ports.from && ports.to <= high) return 'all';
  return high < ports.from || ports.to < low ? 'none' : 'some';
};

/** Rules for IPv6 do not count: the hops that are judged use IPv4. */
const addressShare = ({ cidr }: AclEntry, addresses: Addresses): Share =>
  cidr === null || cidr.includes(':') ? 'none' : shareIn(addresses, [cidr]);

const matching = (entry: AclEntry, { ports, addresses }: Way): Share => {
  const shares = [portShare(entry, ports), addressShare(entry, addresses)];
  if (shares.includes('none')) return 'none';
  return shares.includes('some') ? 'some' : 'all';
};

/** The first rule that matches decides, by number. Rules that match a part leave it open. */
const decided = ({ entries }: NetworkAcl, way: Way): Allowed => {
  const possible = new Set<boolean>();
  const own = entries.filter(({ isEgress }) => isEgress === way.isEgress).toSorted((a, b) => a.number - b.number);
  const isDecisive = own.some((entry) => {
    const share = matching(entry, way);
    if (share !== 'none') possible.add(entry.allows);
    return share === 'all';
  });
  if (!isDecisive) possible.add(false);
  if (possible.size === 2) return 'unclear';
  return possible.has(true) ? 'yes' : 'no';
};

/** One end of a hop. An ACL belongs to a subnet. */
export interface AclEnd {
  /** Null: outside of the VPC. */
  readonly subnets: readonly string[] | null;
  readonly addresses: Addresses;
}

const aclOf = (acls: readonly NetworkAcl[], subnet: string): NetworkAcl | undefined =>
  acls.find((acl) => acl.subnets.includes(subnet)) ?? acls.find(({ isDefault }) => isDefault);

/** Whether network ACLs let a TCP connection pass, and its answers back: they keep no state. */
export const aclsAllow = (acls: readonly NetworkAcl[], from: AclEnd, to: AclEnd, port: number): Allowed => {
  const ports: Ports = { from: port, to: port };
  const through = (subnet: string, isSender: boolean): Allowed => {
    const acl = aclOf(acls, subnet);
    if (acl === undefined) return 'unclear';
    const { addresses } = isSender ? to : from;
    return every([
      decided(acl, { isEgress: isSender, ports, addresses }),
      decided(acl, { isEgress: !isSender, ports: clientPorts, addresses }),
    ]);
  };
  const pairs = (from.subnets ?? [null]).flatMap((a) => (to.subnets ?? [null]).map((b) => [a, b] as const));
  const each = pairs.map(
    ([a, b]): Allowed =>
      a === b ? 'yes' : every([...(a === null ? [] : [through(a, true)]), ...(b === null ? [] : [through(b, false)])]),
  );
  if (each.length === 0) return 'unclear';
  // One zone of several is not the hop.
  return each.every((one) => one === each[0]) ? (each[0] ?? 'unclear') : 'unclear';
};
