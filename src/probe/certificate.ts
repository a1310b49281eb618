import { X509Certificate } from 'node:crypto';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { CertificateEvidence } from '../model/observation.ts';
import { Raw } from '../raw/raw.ts';

const dayMs = 86_400_000;

/** Certificates of a chain that a report lists. No honest server sends more. */
const chainLimit = 6;

/** A server's certificate, and its evidence without what the time of the probe adds. */
interface Known {
  readonly certificate: X509Certificate;
  readonly evidence: Omit<CertificateEvidence<Raw>, 'daysLeft'>;
}

export interface PeerCertificate {
  readonly certificate: X509Certificate;
  readonly evidence: CertificateEvidence<Raw>;
}

/**
 * Parsing is slow and the certificates are few, so each is parsed once, with its chain, for each address. A chain that
 * does not verify is read every time: it is what a report is about.
 */
const known = new Map<string, Known>();
const knownLimit = 256;

/**
 * The certificate of a connection; null if the server sent none. Not by `getPeerX509Certificate`: in Node 24 it leaks
 * the rest of the chain, about 5 KB for each connection, which the garbage collector never sees.
 */
export const peerCertificate = (tls: TLSSocket, now: number): PeerCertificate | null => {
  const leaf = TLSSocket.prototype.getPeerCertificate.call(tls, false);
  // Without a certificate Node returns an empty object; after the connection's end, null.
  if (!leaf?.raw) return null;
  const key = `${leaf.fingerprint256} ${tls.remoteAddress} ${tls.remotePort}`;
  let entry = tls.authorized ? known.get(key) : undefined;
  if (entry === undefined) {
    entry = read(tls, new X509Certificate(leaf.raw));
    if (known.size >= knownLimit) known.clear();
    if (tls.authorized) known.set(key, entry);
  }
  const { certificate, evidence } = entry;
  return {
    certificate,
    evidence: { ...evidence, daysLeft: Math.floor((Date.parse(evidence.validTo) - now) / dayMs) },
  };
};

const read = (tls: TLSSocket, certificate: X509Certificate): Known => ({
  certificate,
  evidence: {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: alternativeNames(certificate.subjectAltName),
    validFrom: isoTime(certificate.validFrom),
    validTo: isoTime(certificate.validTo),
    sha256: certificate.fingerprint256,
    chain: chainOf(tls, certificate),
  },
});

/** Subjects from the leaf upwards. Node adds the root that it trusts, so a self-signed end is left out. */
const chainOf = (tls: TLSSocket, leaf: X509Certificate): readonly Raw[] => {
  const chain = [oneLine(leaf.subject)];
  let part = TLSSocket.prototype.getPeerCertificate.call(tls, true) as DetailedPeerCertificate;
  while (chain.length < chainLimit) {
    const issuer = part.issuerCertificate;
    // The issuer of a root is the root itself.
    if (!issuer?.raw || issuer.issuerCertificate === issuer) break;
    chain.push(oneLine(new X509Certificate(issuer.raw).subject));
    part = issuer;
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
