import { webcrypto } from 'node:crypto';
import { createServer } from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { expect, it } from 'vitest';
import { createTrust } from '../../src/probe/handshake.ts';
import { healthyAnswer, httpTarget, outcomeWith, toolsWith, toPort, whileListening } from '../support/probing.ts';

/** Bytes in the chain behind the leaf. OpenSSL's client accepts about 100 KB. */
const chainBytes = 80_000;
const warmUp = 50;
const probes = 250;
const rounds = 3;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

const chain = async () => {
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);
  const [above, own] = await Promise.all(
    [0, 1].map(() => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])),
  );
  if (above === undefined || own === undefined) throw new Error('no keys');
  const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 90 * 86_400_000) };
  const ballast = new x509.Extension('1.3.6.1.4.1.99999.1', false, new Uint8Array(chainBytes));
  const issuer = await x509.X509CertificateGenerator.create({
    ...{ ...validity, serialNumber: '02', subject: 'CN=intermediate', issuer: 'CN=root', publicKey: above.publicKey },
    ...{ signingKey: above.privateKey, signingAlgorithm: algorithm, extensions: [ballast] },
  });
  const leaf = await x509.X509CertificateGenerator.create({
    ...{ ...validity, serialNumber: '01', subject: 'CN=leaf', issuer: 'CN=intermediate', publicKey: own.publicKey },
    ...{ signingKey: above.privateKey, signingAlgorithm: algorithm },
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', own.privateKey), 'PRIVATE KEY');
  return { cert: `${leaf.toString('pem')}\n${issuer.toString('pem')}`, key };
};

it('a monitor that runs for months does not keep the certificate chains of its connections', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const server = createServer(await chain(), (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(healthyAnswer));
  });
  await whileListening(server, async (port) => {
    const target = httpTarget();
    const tools = toolsWith({ connectTo: toPort(port), trust: createTrust(null) });
    const probe = async (times: number) => {
      for (let left = times; left > 0; left -= 1) {
        const { evidence } = await outcomeWith(target, tools);
        expect(evidence.certificate?.chain).toEqual(['CN=leaf', 'CN=intermediate']);
      }
      collect();
      return process.memoryUsage().rss;
    };
    let before = await probe(warmUp);
    const growths: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const after = await probe(probes);
      growths.push(after - before);
      before = after;
    }
    // What is kept grows in each round. The runtime's own memory does not.
    expect(Math.min(...growths)).toBeLessThan((probes * chainBytes) / 2);
  });
});
