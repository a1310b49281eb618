import type { ConnectEvidence } from './observation.ts';

/**
 * Codes that every address of a family gives if the family has no route: they describe the network here, not an
 * address.
 */
const ofTheFamily: readonly string[] = ['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'];

type Try = Pick<ConnectEvidence, 'address' | 'code' | 'noRoute'>;

/**
 * The tries that say something about their address. The others only show what this host lacks: a route there, or any
 * way out for the whole address family while the other family has one (no IPv6 at home, in Docker, on GitHub's
 * runners). Where no IPv6 address accepts a connection, IPv4 alone counts.
 */
export const tellingTries = <T extends Try>(tries: readonly T[]): readonly T[] => {
  const lacking = [isIpv6, isIpv4].filter(
    (isOf) => tries.filter(isOf).every(hasNoWay) && tries.some((one) => !isOf(one) && !hasNoWay(one)),
  );
  const telling = tries.filter((one) => !one.noRoute && !lacking.some((isOf) => isOf(one)));
  // IPv6 often ends in a firewall or a tunnel near here, with any code. Clients then use IPv4 (RFC 8305).
  const isDead = telling.filter(isIpv6).every(({ code }) => code !== null);
  return isDead && telling.some(isIpv4) ? telling.filter(isIpv4) : telling;
};

const hasNoWay = ({ code, noRoute }: Try): boolean => noRoute || (code !== null && ofTheFamily.includes(code));
const isIpv6 = ({ address }: Try): boolean => address.includes(':');
const isIpv4 = (one: Try): boolean => !isIpv6(one);
