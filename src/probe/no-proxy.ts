import { BlockList, isIP } from 'node:net';

/**
 * Whether NO_PROXY exempts a connection, as curl reads it: a name stands for itself and all names below it, with or
 * without a dot in front, and an address for itself or, with a prefix length, for its network. As other clients do, an
 * entry may also end with a port, begin with `*.`, or be `*` among others.
 */
export const isExempt = (list: string, host: string, port: number): boolean => {
  const name = plain(host);
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true;
    const { place, at } = split(entry);
    if (place === '' || (at !== null && at !== port)) return false;
    return isIP(name) === 0 ? `.${name}`.endsWith(`.${plain(place).replace(/^(?:\*?\.)/, '')}`) : holds(place, name);
  });
};

/** Without brackets and final dot. */
const plain = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.$/g, '');

/** The colons of an IPv6 address without brackets belong to it. */
const split = (entry: string): { readonly place: string; readonly at: number | null } => {
  const [, place = entry, at] = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(entry) ?? [];
  return { place, at: at === undefined ? null : Number(at) };
};

const holds = (network: string, address: string): boolean => {
  const [start = '', prefix] = network.replaceAll(/[[\]]/g, '').split('/');
  const version = isIP(start);
  if (version === 0 || version !== isIP(address)) return false;
  const [family, most] = version === 4 ? (['ipv4', 32] as const) : (['ipv6', 128] as const);
  const length = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : most + 1;
  if (length > most) return false;
  const list = new BlockList();
  list.addSubnet(start, length, family);
  return list.check(address, family);
};
