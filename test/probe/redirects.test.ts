import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConnectTo } from '../../src/config/settings.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { HttpTarget } from '../../src/model/target.ts';
import { Authority, type Certificate } from '../../src/sandbox/network/certificates.ts';
import { httpTarget, outcomeWith, testKey, toolsWith, whileListening } from '../support/probing.ts';

let authority: Authority;
let certificate: Certificate;

beforeAll(async () => {
  authority = await Authority.create();
  certificate = await authority.issue({ names: ['host.test', 'friend.test', 'stranger.test'] });
});

interface Seen {
  readonly host: string;
  readonly path: string;
  readonly carriedKey: boolean;
}

/** Asks a server that redirects as told, and gives what it saw. */
const follow = async (
  locations: Readonly<Record<string, string>>,
  changes: Partial<HttpTarget> = {},
): Promise<{ readonly outcome: Outcome; readonly seen: readonly Seen[] }> => {
  const seen: Seen[] = [];
  const serve: RequestListener = (request, response) => {
    const { host = '' } = request.headers;
    const path = request.url ?? '';
    seen.push({ host, path, carriedKey: JSON.stringify(request.headers).includes(testKey) });
    const location = locations[`${host}${path}`] ?? locations[path];
    if (location !== undefined) response.writeHead(302, { location }).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"healthy"}');
  };
  const https = createHttpsServer({ cert: certificate.chain, key: certificate.key }, serve);
  const outcome = await whileListening(https, (securePort) =>
    whileListening(createServer(serve), (plainPort) => {
      const to = (fromPort: number, toPort: number): ConnectTo => ({
        fromHost: null,
        fromPort,
        toHost: '127.0.0.1',
        toPort,
      });
      return outcomeWith(
        httpTarget({ redirects: 'follow', auth: 'bearer', ...changes }),
        toolsWith({
          ca: authority.rootPem,
          knownHosts: new Set(['host.test', 'friend.test']),
          connectTo: [to(443, securePort), to(80, plainPort)],
        }),
      );
    }),
  );
  return { outcome, seen };
};

describe('redirects', () => {
  it('are recorded, and followed only if the target says so', async () => {
    const { outcome, seen } = await follow({ '/path': '/elsewhere' }, { redirects: 'record' });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'redirect-unexpected', httpStatus: 302 });
    expect(outcome.evidence.redirects).toEqual([
      { status: 302, from: 'https://host.test/path', location: '/elsewhere' },
    ]);
    expect(seen.map(({ path }) => path)).toEqual(['/path']);
  });

  it('are followed on the same origin, with the key', async () => {
    const { outcome, seen } = await follow({ '/path': '/elsewhere' });
    expect(outcome.status).toBe('pass');
    expect(seen).toEqual([
      { host: 'host.test', path: '/path', carriedKey: true },
      { host: 'host.test', path: '/elsewhere', carriedKey: true },
    ]);
  });

  it('are followed to the exact Location, and reported without the secret in it', async () => {
    const { outcome, seen } = await follow({ '/path': '/elsewhere?access_token=Wm7fK2somebodysToken' });
    expect(seen.map(({ path }) => path)).toEqual(['/path', '/elsewhere?access_token=Wm7fK2somebodysToken']);
    expect(outcome.evidence.redirects[0]?.location).toBe('/elsewhere?access_token=[redacted]');
  });

  it('never take the key to another origin, not even to one of ours', async () => {
    const { outcome, seen } = await follow({ '/path': 'https://friend.test/there' });
    expect(outcome.status).toBe('pass');
    expect(seen.map(({ host, carriedKey }) => [host, carriedKey])).toEqual([
      ['host.test', true],
      ['friend.test', false],
    ]);
  });

  it('do not bring the key to a platform after an insecure first request', async () => {
    const { outcome, seen } = await follow(
      { 'host.test/path': 'https://host.test/there' },
      { url: 'http://host.test/path' },
    );
    expect(outcome.status).toBe('pass');
    expect(seen.map(({ carriedKey }) => carriedKey)).toEqual([false, false]);
  });

  it('in a circle are reported, and end', async () => {
    const { outcome } = await follow({ '/path': '/other', '/other': '/path' });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'redirect-loop' });
  });

  it('without an end are reported, and end', async () => {
    const endless = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [i === 0 ? '/path' : `/p${i}`, `/p${i + 1}`]),
    );
    const { outcome, seen } = await follow(endless);
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'redirect-loop' });
    expect(seen.length).toBeLessThan(10);
  });

  it.each([
    ['a file', 'file:///etc/passwd'],
    ['the metadata address', 'http://169.254.169.254/latest/meta-data/'],
    ['the metadata address over https', 'https://169.254.169.254/latest/meta-data/'],
    ['a stranger', 'https://stranger.test/'],
    ['plain http', 'http://host.test/path'],
    ['a script', 'javascript:alert(1)'],
  ])('to %s are reported, and not followed', async (_, location) => {
    const { outcome, seen } = await follow({ '/path': location });
    expect(outcome).toMatchObject({ status: 'fail', failureMode: 'redirect-unexpected' });
    expect(seen.map(({ path }) => path)).toEqual(['/path']);
  });
});
