import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import type { IncidentEvent } from '../../src/model/incident.ts';
import { createWebhookChannel } from '../../src/notify/webhook.ts';
import { trustedContext } from '../../src/probe/trust.ts';
import { Authority, type Certificate } from '../../src/sandbox/network/certificates.ts';
import { whileListening } from '../support/probing.ts';
import { failing, mlflowDown, setting } from './incidents.ts';

const secretPath = '/services/T0TEST/B0TEST/made-up-secret';

const event: IncidentEvent = {
  id: 'development.20261121-0257-registry.1',
  subject: mlflowDown.id,
  environment: 'development',
  at: '2026-11-21T02:58:12.000Z',
  kind: 'opened',
  incident: mlflowDown,
};

describe('a webhook', () => {
  let authority: Authority;
  let certificate: Certificate;
  let ofOtherName: Certificate;
  beforeAll(async () => {
    authority = await Authority.create();
    certificate = await authority.issue({ names: ['localhost'] });
    ofOtherName = await authority.issue({ names: ['hooks.test'] });
  });

  const hook = (answer: RequestListener, { chain, key } = certificate): Server =>
    createServer({ cert: chain, key }, answer);

  const channelTo = (port: number, changes: { readonly answerMs?: number; readonly connectMs?: number } = {}) =>
    createWebhookChannel({
      ...setting,
      url: `https://localhost:${port}${secretPath}?token=made-up-token`,
      trust: trustedContext(authority.rootPem),
      ...changes,
    });

  /** What the channel says when it fails, with everything that hangs on the error. */
  const refusal = (server: Parameters<typeof whileListening>[0], changes = {}, signal = AbortSignal.timeout(20_000)) =>
    whileListening(server, (port) =>
      channelTo(port, changes)
        .send(event, signal)
        .then(
          () => 'it was taken',
          (error: Error) => {
            const all = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
            expect(all).not.toMatch(/T0TEST|made-up/);
            return error.message.replace(`:${port}`, '');
          },
        ),
    );

  const answering =
    (status: number, body = '', headers = {}) =>
    (_: IncomingMessage, response: ServerResponse) =>
      response.writeHead(status, headers).end(body);

  test('receives one JSON text that starts with the incident and says what to do', async () => {
    let asked: { readonly url: string | undefined; readonly body: Promise<string> } | null = null;
    const server = hook((request, response) => {
      asked = { url: request.url, body: text(request) };
      request.on('end', () => response.end('ok'));
    });

    expect(await refusal(server)).toBe('it was taken');
    const { url, body } = asked as unknown as { url: string; body: Promise<string> };
    expect(url).toBe(`${secretPath}?token=made-up-token`);
    const sent = JSON.parse(await body) as { readonly text: string };
    expect(sent).toEqual({ text: expect.any(String), unfurl_links: false, unfurl_media: false });
    await expect(sent.text).toMatchFileSnapshot('golden/webhook.txt');
  });

  test('that refuses is reported by its status, without the rest of its response', async () => {
    expect(await refusal(hook(answering(404, 'no_service')))).toBe(
      'the webhook at localhost did not take the event: it answers 404 (no_service); does the webhook still exist, and does it accept Slack’s JSON?',
    );
    expect(await refusal(hook(answering(403, `no access to ${secretPath}`)))).toContain('it answers 403; ');
  });

  test('that fails is tried again in the next cycle', async () => {
    expect(await refusal(hook(answering(500, '<html>')))).toContain('it answers 500; the next cycle tries again');
  });

  test('that redirects is not followed', async () => {
    let followed = 0;
    const server = hook((request, response) => {
      if (request.url === '/elsewhere') followed += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });

    expect(await refusal(server)).toContain('it answers 307, a redirect, which is not followed');
    expect(followed).toBe(0);
  });

  test('that never responds is given up', async () => {
    expect(
      await refusal(
        hook(() => undefined),
        { answerMs: 200 },
      ),
    ).toContain('no answer within 200 ms');
  });

  const dripping = (status: number) =>
    hook((_, response) => {
      response.writeHead(status).write('o');
    });

  test('with an endless response has accepted at its status; otherwise it would get the message each cycle', async () => {
    expect(await refusal(dripping(200), { answerMs: 200 })).toBe('it was taken');
  });

  test('with an endless refusal is given up', async () => {
    expect(await refusal(dripping(500), { answerMs: 200 })).toContain('no answer within 200 ms');
  });

  test('that floods is read only at its start', async () => {
    const flooding = hook((_, response) => {
      response.writeHead(500);
      const pour = (): void => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', pour);
      };
      pour();
    });

    expect(await refusal(flooding)).toContain('it answers 500');
  });

  test('that accepts a connection but no handshake is given up', async () => {
    const silent = createTcpServer((socket) => void socket.on('error', () => undefined).resume());

    expect(await refusal(silent, { connectMs: 200 })).toContain('no connection within 200 ms');
  });

  test('is left when its time is over', async () => {
    expect(
      await refusal(
        hook(() => undefined),
        {},
        AbortSignal.timeout(200),
      ),
    ).toContain('the time for it was over');
    expect(await refusal(hook(answering(200)), {}, AbortSignal.abort())).toContain('the time for it was over');
  });

  test('with a certificate for another name receives nothing', async () => {
    let asked = 0;
    const server = hook(() => {
      asked += 1;
    }, ofOtherName);

    expect(await refusal(server)).toContain('its certificate is not valid (ERR_TLS_CERT_ALTNAME_INVALID)');
    expect(asked).toBe(0);
  });

  test('without a listener is reported as unreachable', async () => {
    const server = createTcpServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { readonly port: number };
    server.close();
    await once(server, 'close');

    await expect(channelTo(port).send(event, AbortSignal.timeout(10_000))).rejects.toThrow(
      `the webhook at localhost:${port} did not take the event: it cannot be reached (ECONNREFUSED)`,
    );
  });

  test('without TLS is refused at once, and its address is not repeated', () => {
    const create = () =>
      createWebhookChannel({ ...setting, url: `http://hooks.test${secretPath}`, trust: trustedContext(null) });

    expect(create).toThrow('the webhook: its URL must begin with https://');
  });

  test('gets a server’s text as code that alerts no chat user', async () => {
    let body = Promise.resolve('');
    const server = hook((request, response) => {
      body = text(request);
      request.on('end', () => response.end('ok'));
    });
    const affected = failing(['registry.root'], 'server-error', '<!channel> `@here` <https://evil.test|log in>');
    await whileListening(server, (port) =>
      channelTo(port).send(
        { ...event, incident: { ...mlflowDown, causes: [], path: [], affected } } as IncidentEvent,
        AbortSignal.timeout(10_000),
      ),
    );

    const sent = JSON.parse(await body) as { readonly text: string };
    expect(sent.text).toContain("`&lt;!channel&gt; '(at) here' &lt;https://evil.test|log in&gt;`");
    expect(sent.text.replace(/`[^`]*`/g, '')).not.toContain('evil');
  });
});
