import { redactHeaders } from '../config/redact/headers.ts';
import type {
  AddressObservation,
  AttemptFailure,
  RedirectEvidence,
  ResolutionEvidence,
  ResponseEvidence,
  TlsEvidence,
} from '../platform/observation.ts';

type Redact = (text: string) => string;

/** What the other side can write into the evidence of an attempt: names, certificates, answers. */
interface Said {
  readonly resolution: ResolutionEvidence | null;
  readonly tls: TlsEvidence | null;
  readonly redirects: readonly RedirectEvidence[];
  readonly response: ResponseEvidence | null;
  readonly addresses: readonly AddressObservation[];
}

/** The same evidence without secrets. Before this, nothing that was said leaves the probe. */
export const redactEvidence = ({ resolution, tls, redirects, response, addresses }: Said, redact: Redact): Said => ({
  resolution: resolution && {
    ...resolution,
    chain: resolution.chain.map(redact),
    failures: resolution.failures.map((failure) => ({ ...failure, explanation: redact(failure.explanation) })),
  },
  tls: redactTls(tls, redact),
  addresses: addresses.map(({ address, ...one }) => ({
    address,
    tls: redactTls(one.tls, redact),
    failure: redactFailure(one.failure, redact),
  })),
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

/** Errors repeat names, and what a server said. */
export const redactFailure = (failure: AttemptFailure | null, redact: Redact): AttemptFailure | null =>
  failure && { phase: failure.phase, code: failure.code, detail: redact(failure.detail) };

const redactTls = (tls: TlsEvidence | null, redact: Redact): TlsEvidence | null =>
  tls && { ...tls, certificate: tls.certificate && redactCertificate(tls.certificate, redact) };

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
