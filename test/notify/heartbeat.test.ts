import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { sendBeat } from '../../src/notify/heartbeat.ts';
import { trustedContext } from '../../src/probe/trust.ts';
import { Authority, type Certificate } from '../../src/sandbox/network/certificates.ts';
import { whileListening } from '../support/probing.ts';

const secretPath = '/ping/made-up-secret?token=made-up-token';

describe('a dead man’s switch', () => {
  let authority: Authority;
  let certificate: Certificate;
  let ofOtherName: Certificate;
  beforeAll(async () => {
    authority = await Authority.create();
    certificate = await authority.issue({ names: ['localhost'] });
    ofOtherName = await authority.issue({ names: ['hooks.test'] });
  });

  const service = (answer: RequestListener, { chain, key } = certificate) => createServer({ cert: chain, key }, answer);

  /** What is logged; everything that hangs on the error is searched for the secret. */
  const result = (
    server: Parameters<typeof whileListening>[0],
    { scheme = 'https', signal = AbortSignal.timeout(20_000), ...limits } = {} as {
      readonly scheme?: string;
      readonly signal?: AbortSignal;
      readonly connectMs?: number;
      readonly answerMs?: number;
    },
  ): Promise<string> =>
    whileListening(server, (port) =>
      sendBeat(
        `${scheme}://localhost:${port}${secretPath}`,
        { trust: trustedContext(authority.rootPem), ...limits },
        signal,
      ).then(
        () => 'sent',
        (error: Error) => {
          const all = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
          expect(all).not.toMatch(/made-up|\/ping|localhost/);
          return error.message;
        },
      ),
    );

  test('gets one GET, without a body', async () => {
    const heard: string[] = [];
    const server = service((request, response) => {
      heard.push(`${request.method} ${request.url} ${request.headers['content-length'] ?? 'no body'}`);
      response.end('OK');
    });

    expect(await result(server)).toBe('sent');
    expect(heard).toEqual([`GET ${secretPath} no body`]);
  });

  test.each([
    [404, 'the heartbeat was not taken: it answers 404'],
    [301, 'the heartbeat was not taken: it answers 301'],
    [500, 'the heartbeat was not taken: it answers 500'],
  ])('that answers %d is reported, and a redirect is not followed', async (status, expected) => {
    const heard: (string | undefined)[] = [];
    const server = service(({ url }, response) => {
      heard.push(url);
      response.writeHead(status, { location: '/elsewhere' }).end(secretPath);
    });

    expect(await result(server)).toBe(expected);
    expect(heard).toEqual([secretPath]);
  });

  test('that never responds is given up', async () => {
    expect(
      await result(
        service(() => undefined),
        { answerMs: 200 },
      ),
    ).toContain('no answer within 200 ms');
  });

  test('that accepts a connection but no handshake is given up', async () => {
    const silent = createTcpServer((socket) => void socket.on('error', () => undefined).resume());

    expect(await result(silent, { connectMs: 200 })).toContain('no connection within 200 ms');
  });

  test('with a certificate for another name receives nothing', async () => {
    let asked = 0;
    const server = service(() => {
      asked += 1;
    }, ofOtherName);

    expect(await result(server)).toContain('its certificate is not valid (ERR_TLS_CERT_ALTNAME_INVALID)');
    expect(asked).toBe(0);
  });

  test('without TLS is refused before a connection', async () => {
    let connections = 0;
    const plain = createTcpServer(() => {
      connections += 1;
    });

    expect(await result(plain, { scheme: 'http' })).toBe('the heartbeat: its URL must begin with https://');
    expect(connections).toBe(0);
  });

  test('is left when its time is over', async () => {
    const signal = AbortSignal.abort();

    expect(
      await result(
        service((_, response) => response.end()),
        { signal },
      ),
    ).toContain('the time for it was over');
  });
});
