import { createServer, type RequestListener, type Server } from 'node:http';
import { closeServer, listen } from '../network/sockets.ts';
import type { KeyRecord } from './keys.ts';
import { keyOf, reply, send } from './reply.ts';

/** A task of a service: listens on a port, and can be stopped and restarted there. */
export class Task {
  port = 0;
  #server: Server | null = null;
  readonly #serve: RequestListener;

  constructor(serve: RequestListener) {
    this.#serve = serve;
  }

  async start(): Promise<this> {
    this.#server = createServer(this.#serve);
    this.port = await listen(this.#server, this.port, '127.0.0.1');
    return this;
  }

  async stop(): Promise<void> {
    if (this.#server !== null) await closeServer(this.#server);
    this.#server = null;
  }

  get address(): { readonly host: string; readonly port: number } {
    return { host: '127.0.0.1', port: this.port };
  }
}

/** The auth service: validates keys against its records. */
export const authService = (keys: ReadonlyMap<string, KeyRecord>): Task =>
  new Task((request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/') return reply(response, 200, { service: 'hokusai-auth', status: 'running' });
    if (path === '/health' || path === '/health/alb')
      return reply(response, 200, { status: 'healthy', service: 'auth' });
    if (path !== '/api/validate') return reply(response, 404, { detail: 'Not Found' });
    const key = keyOf(request);
    if (key === null) return reply(response, 401, { detail: 'API key required' });
    const record = keys.get(key);
    if (record === undefined || record.revoked) return reply(response, 401, { detail: 'Invalid or expired API key' });
    reply(response, 200, { valid: true, key_id: record.id, scopes: record.scopes });
  });

/** The platform's pages. */
export const platformUi = (): Task =>
  new Task((_request, response) =>
    send(
      response,
      200,
      '<!doctype html><html><head><title>Hokusai</title></head><body><div id="root"></div></body></html>',
      { 'content-type': 'text/html; charset=utf-8', server: 'Next.js' },
    ),
  );
