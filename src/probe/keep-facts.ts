import { type HeaderName, headerNames } from '../model/headers.ts';
import type {
  AttemptFailure,
  CertificateEvidence,
  Facts,
  RedirectEvidence,
  ResolutionEvidence,
  ResponseEvidence,
  TlsEvidence,
} from '../model/observation.ts';
import { type ListLimit, limitedList, type TextLimit } from '../model/text-limits.ts';
import type { Keep } from '../raw/keep.ts';
import type { Raw } from '../raw/raw.ts';

/** The same facts as redacted text within its length limits. The only way for text from outside to leave the probe. */
export const keepFacts = (facts: Facts<Raw>, keep: Keep): Facts => {
  const { resolution, tls, redirects, response, addresses, failure } = facts;
  return {
    resolution: resolution && keepResolution(resolution, keep),
    tls: tls && keepTls(tls, keep),
    redirects: redirects.map((redirect) => keepRedirect(redirect, keep)),
    response: response && keepResponse(response, keep),
    addresses: addresses.map((one) => ({
      ...one,
      tls: one.tls && keepTls(one.tls, keep),
      failure: one.failure && keepFailure(one.failure, keep),
    })),
    failure: failure && keepFailure(failure, keep),
  };
};

interface Limits {
  readonly list: ListLimit;
  readonly text: TextLimit;
  /** Keep this many entries of the end of the list. */
  readonly last?: number;
}

const keepList = (raws: readonly Raw[], { list, text, last = 0 }: Limits, keep: Keep): readonly string[] => {
  const cut = limitedList(raws, list, last);
  const kept = (some: readonly Raw[]): readonly string[] => some.map((raw) => keep(raw, text));
  return [...kept(cut.first), ...cut.mark, ...kept(cut.last)];
};

/** Keep the end of the chain: that is the part that is judged. */
const keepResolution = (resolution: ResolutionEvidence<Raw>, keep: Keep): ResolutionEvidence => ({
  ...resolution,
  chain: keepList(resolution.chain, { list: 'dnsChain', text: 'dnsName', last: 1 }, keep),
  failures: resolution.failures.map((failure) => ({ ...failure, explanation: keep(failure.explanation, 'detail') })),
});

const keepTls = (tls: TlsEvidence<Raw>, keep: Keep): TlsEvidence => ({
  ...tls,
  certificate: tls.certificate && keepCertificate(tls.certificate, keep),
});

const keepCertificate = (certificate: CertificateEvidence<Raw>, keep: Keep): CertificateEvidence => ({
  ...certificate,
  subject: keep(certificate.subject, 'certificateName'),
  issuer: keep(certificate.issuer, 'certificateName'),
  names: keepList(certificate.names, { list: 'certificateNames', text: 'certificateName' }, keep),
  chain: keepList(certificate.chain, { list: 'certificateChain', text: 'certificateName' }, keep),
});

const keepRedirect = ({ status, from, location }: RedirectEvidence<Raw>, keep: Keep): RedirectEvidence => ({
  status,
  from: keep(from, 'location'),
  location: keep(location, 'judged'),
});

const keepResponse = (response: ResponseEvidence<Raw>, keep: Keep): ResponseEvidence => ({
  ...response,
  headers: Object.fromEntries(
    headerNames.flatMap((name): readonly (readonly [HeaderName, string])[] => {
      const value = response.headers[name];
      return value === undefined ? [] : [[name, keep(value, 'judged')]];
    }),
  ),
  headerOrder: keep(response.headerOrder, 'judged'),
  body: keep(response.body, 'judged'),
});

const keepFailure = ({ phase, code, detail }: AttemptFailure<Raw>, keep: Keep): AttemptFailure => ({
  phase,
  code,
  detail: keep(detail, 'detail'),
});
