import { webcrypto } from 'node:crypto';
import { createServer, type TlsOptions } from 'node:tls';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { describe, expect, it } from 'vitest';
import type { HttpTarget } from '../../src/model/target.ts';
import { createTrust } from '../../src/probe/handshake.ts';
import { healthyAnswer, httpTarget, outcomeWith, toolsWith, toPort, whileListening } from '../support/probing.ts';

type Algorithm = Parameters<webcrypto.SubtleCrypto['generateKey']>[0] & { readonly name: string };

const ecdsa = (namedCurve: string, hash: string): Algorithm => ({ name: 'ECDSA', namedCurve, hash }) as Algorithm;
const rsa = (name: string): Algorithm =>
  ({ name, hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2_048 }) as Algorithm;

/** A self-signed certificate, which is its own authority. */
const issue = async (algorithm: Algorithm, name: string | null, more: readonly x509.Extension[] = []) => {
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=test',
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 90 * 86_400_000),
    keys,
    signingAlgorithm: algorithm as never,
    extensions: [
      ...(name === null ? [] : [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])]),
      ...more,
    ],
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { cert: certificate.toString('pem'), key };
};

const probed = async (options: TlsOptions & { readonly cert: string }, target: Partial<HttpTarget> = {}) => {
  const server = createServer(options, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(healthyAnswer));
  });
  server.on('tlsClientError', () => undefined);
  return whileListening(server, (port) =>
    outcomeWith(httpTarget(target), toolsWith({ trust: createTrust(options.cert), connectTo: toPort(port) })),
  );
};

describe('a certificate that curl, browsers and MLflow’s client accept', () => {
  it.each([
    ['P-256', ecdsa('P-256', 'SHA-256')],
    ['P-384', ecdsa('P-384', 'SHA-384')],
    ['P-521', ecdsa('P-521', 'SHA-512')],
    ['RSA', rsa('RSASSA-PKCS1-v1_5')],
    ['Ed25519', { name: 'Ed25519' } as Algorithm],
  ])('passes with each version of TLS: %s', async (_, algorithm) => {
    const certificate = await issue(algorithm, 'host.test');
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const outcome = await probed({ ...certificate, minVersion: version, maxVersion: version });
      expect([version, outcome.status, outcome.evidence.summary]).toEqual([version, 'pass', expect.any(String)]);
    }
  });

  it.each(['X25519', 'P-256', 'P-384', 'P-521', 'X448', 'ffdhe2048', 'ffdhe3072'])(
    'passes with each group of the key exchange: %s',
    async (curve) => {
      const certificate = await issue(ecdsa('P-256', 'SHA-256'), 'host.test');
      expect((await probed({ ...certificate, ecdhCurve: curve })).status).toBe('pass');
    },
  );
});

describe('a name with a wildcard', () => {
  it.each([
    ['*.shop.test', 'foo.shop.test', true],
    ['FOO.shop.test', 'foo.shop.test', true],
    ['f*.shop.test', 'foo.shop.test', false],
    ['*o.shop.test', 'foo.shop.test', false],
    ['f*o.shop.test', 'foo.shop.test', false],
    ['*.shop.test', 'a.foo.shop.test', false],
    ['*.shop.test', 'shop.test', false],
    ['foo.*.test', 'foo.shop.test', false],
  ])('%s stands for %s as browsers, curl and Python see it: %s', async (name, host, matches) => {
    const outcome = await probed(await issue(ecdsa('P-256', 'SHA-256'), name), { url: `https://${host}/` });
    expect(outcome.failureMode).toBe(matches ? null : 'tls-name-mismatch');
    if (!matches) expect(outcome.evidence.summary).toContain(name);
  });
});

it('a certificate without names says so', async () => {
  const outcome = await probed(await issue(ecdsa('P-256', 'SHA-256'), null));
  expect(outcome.failureMode).toBe('tls-name-mismatch');
  expect(outcome.evidence.summary).toContain('for no name');
});

it("a certificate of a trusted CA that is no server's is refused with OpenSSL's reason", async () => {
  const forClients = new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]);
  const outcome = await probed(await issue(ecdsa('P-256', 'SHA-256'), 'host.test', [forClients]));
  expect(outcome.failureMode).toBe('tls-untrusted');
  expect(outcome.evidence.summary).toContain('OpenSSL says INVALID_PURPOSE');
});
