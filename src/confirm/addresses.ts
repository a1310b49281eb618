import { BlockList, isIP } from 'node:net';

/** The addresses of one end. `world`: all of them. An empty list: they are not known. */
export type Addresses = 'world' | readonly string[];

/** How much of the traffic something applies to. */
export type Share = 'all' | 'none' | 'some';

const isIn = (address: string, cidr: string): boolean => {
  const [network = '', bits = ''] = cidr.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(network) === 0 || isIP(address) !== isIP(network)) return false;
  const block = new BlockList();
  block.addSubnet(network, Number(bits), family);
  return block.check(address, family);
};

const everywhere = new Set(['0.0.0.0/0', '::/0']);

/** How many of the addresses are in any of the networks. `some` if that is not known. */
export const shareIn = (addresses: Addresses, cidrs: readonly string[]): Share => {
  if (cidrs.some((cidr) => everywhere.has(cidr))) return 'all';
  if (cidrs.length === 0) return 'none';
  if (addresses === 'world' || addresses.length === 0) return 'some';
  const inside = addresses.filter((address) => cidrs.some((cidr) => isIn(address, cidr))).length;
  if (inside === addresses.length) return 'all';
  return inside === 0 ? 'none' : 'some';
};
