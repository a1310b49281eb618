import type { Routed } from './routed.ts';

/** Whether a host shows the certificate of another host: its name leads to that one's balancer, or both share a balancer. */
export const certificatesElsewhere = (all: readonly Routed[]): ((one: Routed) => boolean) => {
  const good = new Set(all.filter(({ request }) => request.status === 'pass').map(certificateOf));
  return (one) =>
    one.request.failureMode === 'tls-name-mismatch' && certificateOf(one) !== undefined && good.has(certificateOf(one));
};

const certificateOf = ({ request }: Routed): string | undefined => request.evidence.certificate?.sha256;
