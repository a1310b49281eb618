import { balancerNames } from '../platform/hosts.ts';
import type { Routed } from './routed.ts';

/**
 * Whether a host shows the certificate of another balancer's host at that one's address: the name may lead to the wrong
 * balancer. At an address of its own balancer it is the certificate that is wrong.
 */
export const certificatesElsewhere = (all: readonly Routed[]): ((one: Routed) => boolean) => {
  const goodOnes = Map.groupBy(
    all
      .filter(({ request }) => request.status === 'pass')
      .flatMap((one) => shownAt(one).map((shown) => ({ shown, one }))),
    ({ shown }) => shown,
  );
  return (one) =>
    one.request.failureMode === 'tls-name-mismatch' &&
    shownAt(one).some((shown) => goodOnes.get(shown)?.every((good) => !sharesBalancer(one, good.one)));
};

const sharesBalancer = (one: Routed, other: Routed): boolean =>
  balancerOf(one) !== null && balancerOf(one) === balancerOf(other);

/** Null: not on record. */
const balancerOf = ({ probed: { host } }: Routed): string | null =>
  host === null || host === 'mlflow' ? null : balancerNames[host];

/** Each address with the certificate that it shows. The check of a certificate tries all addresses of a host. */
const shownAt = ({ request }: Routed): readonly string[] => {
  const sha256 = request.evidence.certificate?.sha256;
  if (request.kind !== 'target' || sha256 === undefined) return [];
  const tried = request.evidence.addresses.map(({ address }) => address);
  return [...tried, request.address].map((address) => `${address} ${sha256}`);
};
