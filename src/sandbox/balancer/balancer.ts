import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Certificate } from '../network/certificates.ts';
import { closeServer, listen } from '../network/sockets.ts';
import type { SandboxTimes } from '../times.ts';
import { forward, type TargetGroup } from './forward.ts';
import { answerAsBalancer, answerStockPage } from './pages.ts';

export type Action =
  | { readonly kind: 'forward'; readonly to: TargetGroup }
  | { readonly kind: 'fixed'; readonly status: number; readonly contentType: string; readonly body: string }
  /** `#{host}`, `#{path}` and `#{query}` stand for parts of the request, in the balancer's own syntax. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status: 301 | 302 };

export interface Rule {
  readonly host: string;
  /** Null: any path. */
  readonly path: RegExp | null;
  readonly action: Action;
}

export const notFound: Action = { kind: 'fixed', status: 404, contentType: 'text/plain', body: 'Not Found' };
const toHttps: Action = { kind: 'redirect', location: 'https://#{host}:443#{path}#{query}', status: 301 };

export interface ListenerRules {
  rules: readonly Rule[];
  otherwise: Action;
}

/** The action of the web ACL in front of the rules, for every request. */
export type WebAcl = 'none' | 'challenge' | 'block';

type Role = 'https' | 'http';

/** An application load balancer: two listeners, rules by host and path, certificates by name, and AWS's own pages. */
export class Balancer {
  readonly address: string;
  readonly ports: Readonly<Record<Role, number>>;
  readonly https: ListenerRules;
  readonly http: ListenerRules;
  webAcl: WebAcl = 'none';
  readonly #certificates = new Map<string, SecureContext>();
  readonly #servers = new Map<Role, { close(): Promise<void> }>();
  readonly #times: SandboxTimes;

  constructor(address: string, ports: Readonly<Record<Role, number>>, rules: readonly Rule[], times: SandboxTimes) {
    this.address = address;
    this.ports = ports;
    this.https = { rules, otherwise: notFound };
    this.http = { rules: [], otherwise: toHttps };
    this.#times = times;
  }

  /** Sets the certificate to present for a name. */
  present(host: string, certificate: Certificate): void {
    this.#certificates.set(host, createSecureContext({ cert: certificate.chain, key: certificate.key }));
  }

  async open(): Promise<void> {
    const any = [...this.#certificates.values()][0];
    const https = createHttpsServer(
      {
        ...(any === undefined ? {} : { secureContext: any }),
        SNICallback: (name, done) => done(null, this.#certificates.get(name) ?? any),
      },
      this.#serve(this.https),
    );
    await this.replaceServer('https', https);
    await this.replaceServer('http', createHttpServer(this.#serve(this.http)));
  }

  /** Replaces one of the balancer's own listeners with another server. */
  async replaceServer(role: Role, server: Server): Promise<void> {
    await this.closeListener(role);
    await listen(server, this.ports[role], this.address);
    this.#servers.set(role, { close: () => closeServer(server) });
  }

  /** Replaces a listener with something that is not a Node server. */
  async replaceBy(role: Role, start: () => Promise<{ close(): Promise<void> }>): Promise<void> {
    await this.closeListener(role);
    this.#servers.set(role, await start());
  }

  async closeListener(role: Role): Promise<void> {
    await this.#servers.get(role)?.close();
    this.#servers.delete(role);
  }

  async close(): Promise<void> {
    await Promise.all([this.closeListener('https'), this.closeListener('http')]);
  }

  #serve(listener: ListenerRules): RequestListener {
    return (request, response) => {
      if (this.webAcl === 'challenge')
        return answerAsBalancer(response, 202, '', { 'x-amzn-waf-action': 'challenge', 'cache-control': 'no-store' });
      if (this.webAcl === 'block') return answerStockPage(response, 403);
      const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      const rule = listener.rules.find((candidate) => candidate.host === host && (candidate.path?.test(path) ?? true));
      this.#act(rule?.action ?? listener.otherwise, host, request, response);
    };
  }

  #act(action: Action, host: string, request: IncomingMessage, response: ServerResponse): void {
    switch (action.kind) {
      case 'forward':
        return forward(action.to, request, response, this.#times);
      case 'fixed':
        return answerAsBalancer(response, action.status, action.body, { 'content-type': action.contentType });
      case 'redirect': {
        const [path = '/', query] = (request.url ?? '/').split('?');
        const location = action.location
          .replace('#{host}', host)
          .replace('#{path}', path)
          .replace('#{query}', query === undefined ? '' : `?${query}`);
        return answerAsBalancer(response, action.status, '', { location, 'content-type': 'text/html' });
      }
    }
  }
}
