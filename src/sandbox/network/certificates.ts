import { webcrypto } from 'node:crypto';
// A dependency of @peculiar/x509 requires it but does not include it.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;

export interface Certificate {
  /** The leaf and, unless left out, the intermediate. */
  readonly chain: string;
  readonly key: string;
}

export interface LeafOptions {
  readonly names: readonly string[];
  /** Days from now; negative: in the past. */
  readonly fromDays?: number;
  readonly toDays?: number;
  readonly without?: 'intermediate';
}

interface Issuer {
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly certificate: x509.X509Certificate;
}

/** The sandbox's certificate authority: a root, an intermediate, and leaves as requested, including flawed ones. */
export class Authority {
  readonly #intermediate: Issuer;
  readonly rootPem: string;

  private constructor(root: Issuer, intermediate: Issuer) {
    this.#intermediate = intermediate;
    this.rootPem = root.certificate.toString('pem');
  }

  static async create(): Promise<Authority> {
    x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);
    const root = await createIssuer('Hokusai Sandbox Root', null);
    return new Authority(root, await createIssuer('Hokusai Sandbox Intermediate', root));
  }

  async issue({ names, fromDays = -1, toDays = 90, without }: LeafOptions): Promise<Certificate> {
    const keys = await generateKeys();
    const leaf = await x509.X509CertificateGenerator.create({
      ...validity(fromDays, toDays),
      subject: `CN=${names[0] ?? ''}`,
      issuer: this.#intermediate.name,
      publicKey: keys.publicKey,
      signingKey: this.#intermediate.keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [alternativeNames(names), serverUsage()],
    });
    const chain = without === 'intermediate' ? [leaf] : [leaf, this.#intermediate.certificate];
    return { chain: chain.map((part) => part.toString('pem')).join('\n'), key: await exportKey(keys) };
  }

  async selfSigned(names: readonly string[]): Promise<Certificate> {
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      ...validity(-1, 90),
      name: `CN=${names[0] ?? ''}`,
      keys,
      signingAlgorithm: algorithm,
      extensions: [alternativeNames(names), serverUsage()],
    });
    return { chain: certificate.toString('pem'), key: await exportKey(keys) };
  }
}

const createIssuer = async (commonName: string, parent: Issuer | null): Promise<Issuer> => {
  const keys = await generateKeys();
  const name = `CN=${commonName}`;
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(-2, 365),
    subject: name,
    issuer: parent?.name ?? name,
    publicKey: keys.publicKey,
    signingKey: parent?.keys.privateKey ?? keys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return { name, keys, certificate };
};

const generateKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

const exportKey = async ({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> =>
  x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY');

const validity = (fromDays: number, toDays: number) => ({
  serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex'),
  notBefore: new Date(Date.now() + fromDays * dayMs),
  notAfter: new Date(Date.now() + toDays * dayMs),
});

const alternativeNames = (names: readonly string[]): x509.Extension =>
  new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value })));

const serverUsage = (): x509.Extension => new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]);
