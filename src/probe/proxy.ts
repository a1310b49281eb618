import type { Socket } from 'node:net';
import type { ProxySetting } from '../config/settings.ts';
import { PhaseFailure } from './attempt.ts';
import { isExempt } from './no-proxy.ts';

export interface HttpProxy {
  readonly host: string;
  readonly port: number;
  /** Value of the header `proxy-authorization`. Null: the proxy needs none. */
  readonly authorization: string | null;
}

/** The proxy for a connection. Null: connect directly. @throws PhaseFailure for one that is not spoken here */
export type ChooseProxy = (secured: boolean, host: string, port: number) => HttpProxy | null;

type Environment = Readonly<Record<string, string | undefined>>;

/** A response to CONNECT is a head alone. */
const headBytes = 16_384;

/** The proxy's URL for a connection, as its owner wrote it. Null: connect directly. */
type ChooseUrl = (secured: boolean, host: string, port: number) => string | null;

export const proxiesFrom = (said: ProxySetting, env: Environment): ChooseProxy => {
  const choose = proxyUrlsFrom(said, env);
  return (...connection) => {
    const url = choose(...connection);
    return url === null ? null : parseProxy(url);
  };
};

/** `network.proxy`: a URL is for every connection, `environment` reads the variables that other clients read. */
export const proxyUrlsFrom = (said: ProxySetting, env: Environment): ChooseUrl => {
  if (said !== 'environment') return () => said;
  const exempt = variableIn(env, 'NO_PROXY');
  return (secured, host, port) => {
    const proxy = variableIn(env, secured ? 'HTTPS_PROXY' : 'HTTP_PROXY') || variableIn(env, 'ALL_PROXY');
    return proxy === '' || isExempt(exempt, host, port) ? null : proxy;
  };
};

/** As curl does: lower case comes first, and an empty variable counts as unset. */
const variableIn = (env: Environment, name: string): string => env[name.toLowerCase()] || env[name] || '';

/** What other clients read from the environment. */
export interface OtherClients {
  readonly useProxy: boolean;
  readonly exemptNames: boolean;
}

export const otherClientsIn = (env: Environment): OtherClients => {
  const isSet = (name: string): boolean => variableIn(env, name) !== '';
  return { useProxy: ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].some(isSet), exemptNames: isSet('NO_PROXY') };
};

/** As curl and Python decode a password: a `%` that begins no code stays. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const parseProxy = (text: string): HttpProxy => {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  // The text may hold a password.
  if (url?.protocol !== 'http:') throw new PhaseFailure('connect', 'PROXY', 'the proxy’s URL is not http://');
  const { hostname, port, username, password } = url;
  const user = `${decoded(username)}:${decoded(password)}`;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 80 : Number(port),
    authorization: username === '' && password === '' ? null : `Basic ${Buffer.from(user).toString('base64')}`,
  };
};

/** A failure on the way to the proxy says nothing about the platform. */
export const ofProxy = ({ host, port }: HttpProxy, { phase, code, detail }: PhaseFailure): PhaseFailure =>
  code === 'LIMIT_CYCLE' || code === 'LIMIT_TOTAL'
    ? new PhaseFailure(phase, code, detail)
    : new PhaseFailure('connect', 'PROXY', `the proxy ${host}:${port} cannot be reached: ${code}`);

/** Asks the proxy for a connection (RFC 9110, 9.3.6). Whatever is sent over the socket then goes to the other end. */
export const tunnel = (
  socket: Socket,
  to: { readonly host: string; readonly port: number },
  proxy: HttpProxy,
  onStop: (stop: () => void) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const via = `the proxy ${proxy.host}:${proxy.port}`;
    let head = Buffer.alloc(0);
    const end = (failure: PhaseFailure | null): void => {
      socket.off('readable', read).off('error', onEnd).off('end', onEnd);
      if (failure === null) resolve();
      else {
        socket.destroy();
        reject(failure);
      }
    };
    const refuse = (how: string): void => end(new PhaseFailure('connect', 'PROXY', `${via} ${how}`));
    const onEnd = (): void => refuse('hung up');
    const read = (): void => {
      const chunk: Buffer | null = socket.read();
      if (chunk === null) return;
      head = Buffer.concat([head, chunk]);
      const length = head.indexOf('\r\n\r\n');
      if (length === -1) return head.length > headBytes ? refuse('does not speak HTTP') : undefined;
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head.toString('latin1', 0, length))?.[1] ?? 0);
      if (status >= 200 && status < 300) {
        const rest = head.subarray(length + 4);
        end(null);
        if (rest.length > 0) socket.unshift(rest);
        return;
      }
      // 5xx: the proxy did not get through. Anything else is its own rule, and says nothing about the platform.
      const answer = `${via} answers ${status} to CONNECT ${to.host}:${to.port}`;
      end(new PhaseFailure('connect', status >= 500 ? 'PROXY_GATEWAY' : 'PROXY', answer));
    };
    onStop(() => socket.destroy());
    socket.on('readable', read).on('error', onEnd).on('end', onEnd);
    const authority = `${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`;
    const authorization = proxy.authorization === null ? '' : `proxy-authorization: ${proxy.authorization}\r\n`;
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n${authorization}\r\n`);
  });
