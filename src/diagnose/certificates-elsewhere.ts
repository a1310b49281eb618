import type { Routed } from './routed.ts';

/** Whether a host shows another host's certificate at this one's address: the name may lead to the wrong balancer. */
export const certificatesElsewhere = (all: readonly Routed[]): ((one: Routed) => boolean) => {
  const good = new Set(all.filter(({ request }) => request.status === 'pass').flatMap(shownAt));
  return (one) => one.request.failureMode === 'tls-name-mismatch' && shownAt(one).some((each) => good.has(each));
};

/** Each address with the certificate that it shows. The check of a certificate tries all addresses of a host. */
const shownAt = ({ request }: Routed): readonly string[] => {
  const sha256 = request.evidence.certificate?.sha256;
  if (request.kind !== 'target' || sha256 === undefined) return [];
  const tried = request.evidence.addresses.map(({ address }) => address);
  return [...tried, request.address].map((address) => `${address} ${sha256}`);
};
