import { redactHeaders } from '../config/redact/headers.ts';
import type { RedirectEvidence, ResolutionEvidence, ResponseEvidence, TlsEvidence } from '../platform/observation.ts';

type Redact = (text: string) => string;

/** What the other side can write into the evidence of an attempt: names, certificates, answers. */
interface Said {
  readonly resolution: ResolutionEvidence | null;
  readonly tls: TlsEvidence | null;
  readonly redirects: readonly RedirectEvidence[];
  readonly response: ResponseEvidence | null;
}

/** The same evidence without secrets. Before this, nothing that was said leaves the probe. */
export const redactEvidence = ({ resolution, tls, redirects, response }: Said, redact: Redact): Said => ({
  resolution: resolution && {
    ...resolution,
    chain: resolution.chain.map(redact),
    failures: resolution.failures.map((failure) => ({ ...failure, explanation: redact(failure.explanation) })),
  },
  tls: tls && { ...tls, certificate: tls.certificate && redactCertificate(tls.certificate, redact) },
  redirects: redirects.map(({ status, from, location }) => ({
    status,
    from: redact(from),
    location: redact(location),
  })),
  response: response && {
    ...response,
    headers: redactHeaders(response.headers, redact),
    body: redact(response.body),
  },
});

const redactCertificate = (
  certificate: NonNullable<TlsEvidence['certificate']>,
  redact: Redact,
): NonNullable<TlsEvidence['certificate']> => ({
  ...certificate,
  subject: redact(certificate.subject),
  issuer: redact(certificate.issuer),
  names: certificate.names.map(redact),
  chain: certificate.chain.map(redact),
});
