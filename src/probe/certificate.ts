import type { X509Certificate } from 'node:crypto';
import type { CertificateEvidence } from '../model/observation.ts';
import { Raw } from '../raw/raw.ts';

const dayMs = 86_400_000;

/** Certificates of a chain that a report lists. No honest server sends more. */
const chainLimit = 6;

/** The facts in the certificate itself, independent of where and with what chain it was sent. */
type Described = Omit<CertificateEvidence<Raw>, 'daysLeft' | 'chain'>;

/** Parsing is slow and the certificates are few, so each is parsed once. By fingerprint. */
const described = new Map<string, Described>();
const describedLimit = 64;

/** The leaf certificate, with the chain sent on this connection. */
export const describeCertificate = (leaf: X509Certificate, now: number): CertificateEvidence<Raw> => {
  const description = describe(leaf);
  return {
    ...description,
    chain: chainOf(leaf),
    daysLeft: Math.floor((Date.parse(description.validTo) - now) / dayMs),
  };
};

const describe = (certificate: X509Certificate): Described => {
  const sha256 = certificate.fingerprint256;
  const known = described.get(sha256);
  if (known !== undefined) return known;
  const description = {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: alternativeNames(certificate.subjectAltName),
    validFrom: isoTime(certificate.validFrom),
    validTo: isoTime(certificate.validTo),
    sha256,
  };
  if (described.size >= describedLimit) described.clear();
  described.set(sha256, description);
  return description;
};

const chainOf = (leaf: X509Certificate): readonly Raw[] => {
  const chain: Raw[] = [];
  let certificate: X509Certificate | undefined = leaf;
  while (certificate !== undefined && chain.length < chainLimit) {
    chain.push(describe(certificate).subject);
    const issuer: X509Certificate | undefined = certificate.issuerCertificate;
    if (issuer === undefined || issuer.fingerprint256 === certificate.fingerprint256) break;
    certificate = issuer;
  }
  return chain;
};

/** OpenSSL writes a name as lines of `CN=…`. It is absent if the certificate has no subject. */
const oneLine = (name: string | undefined): Raw => Raw.from((name ?? '').split('\n').join(', '));

const alternativeNames = (names: string | undefined): readonly Raw[] =>
  (names ?? '').split(', ').flatMap((name) => {
    const match = /^(?:DNS|IP Address):(.+)$/.exec(name);
    return match?.[1] === undefined ? [] : [Raw.from(match[1])];
  });

const isoTime = (text: string): string => {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString();
};
