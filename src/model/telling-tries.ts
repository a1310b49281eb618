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
 * runners).
 */
export const tellingTries = <T extends Try>(tries: readonly T[]): readonly T[] => {
  const lacking = [isIpv6, isIpv4].filter(
    (isOf) => tries.filter(isOf).every(hasNoWay) && tries.some((one) => !isOf(one) && !hasNoWay(one)),
  );
  return tries.filter((one) => !one.noRoute && !lacking.some((isOf) => isOf(one)));
};

const hasNoWay = ({ code, noRoute }: Try): boolean => noRoute || (code !== null && ofTheFamily.includes(code));
const isIpv6 = ({ address }: Try): boolean => address.includes(':');
const isIpv4 = (one: Try): boolean => !isIpv6(one);
