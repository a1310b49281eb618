import type { ConnectEvidence } from './observation.ts';

/** What every address of a family gives where there is no way for that family: not of one address, but of the network here. */
const ofTheFamily: readonly string[] = ['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'];

type Try = Pick<ConnectEvidence, 'address' | 'code' | 'noRoute'>;

/**
 * The tries that say something of their address. The others say only what this host lacks: it has no route there, or the whole
 * family of addresses has no way out from here while the other one has (no IPv6 at home, in Docker, on GitHub's runners).
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
