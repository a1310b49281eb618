import { BlockList, type IPVersion, isIP, type Socket } from 'node:net';
import type { ProxySetting } from '../config/settings.ts';
import { PhaseFailure } from './attempt.ts';

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

/** `network.proxy`: a URL is for every connection, `environment` reads the variables that other clients read. */
export const proxiesFrom = (said: ProxySetting, env: Environment): ChooseProxy => {
  if (said === null) return () => null;
  if (said !== 'environment') return () => parseProxy(said);
  const variableOf = (name: string): string => env[name.toLowerCase()] ?? env[name] ?? '';
  const exempt = variableOf('NO_PROXY').split(/[\s,]+/);
  return (secured, host, port) => {
    const proxy = variableOf(secured ? 'HTTPS_PROXY' : 'HTTP_PROXY') || variableOf('ALL_PROXY');
    return proxy === '' || exempt.some((entry) => isExempt(entry, host, port)) ? null : parseProxy(proxy);
  };
};

/** What other clients read from the environment. */
export interface OtherClients {
  readonly useProxy: boolean;
  readonly exemptNames: boolean;
}

export const otherClientsIn = (env: Environment): OtherClients => {
  const isSet = (name: string): boolean => (env[name.toLowerCase()] ?? env[name] ?? '') !== '';
  return { useProxy: ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].some(isSet), exemptNames: isSet('NO_PROXY') };
};

/** As curl reads NO_PROXY: a name stands for all names below it, with or without a dot in front. */
const isExempt = (entry: string, host: string, port: number): boolean => {
  if (entry === '*') return true;
  const [, bracketed, plain, at = port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(entry) ?? [];
  if (Number(at) !== port) return false;
  const said = (bracketed ?? plain ?? entry).toLowerCase();
  if (isIP(host) !== 0) return isWithin(host, said);
  const name = said.replace(/^\*?\./, '').replace(/\.$/, '');
  return name !== '' && `.${host.toLowerCase().replace(/\.$/, '')}`.endsWith(`.${name}`);
};

/** Whether an entry is this address, or a network that holds it (`10.0.0.0/8`). */
const isWithin = (host: string, said: string): boolean => {
  const [address = '', bits] = said.split('/');
  const family = isIP(address);
  if (family === 0 || family !== isIP(host)) return false;
  const most = family === 4 ? 32 : 128;
  const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.POSITIVE_INFINITY;
  if (length > most) return false;
  const network = new BlockList();
  network.addSubnet(address, length, `ipv${family}` as IPVersion);
  return network.check(host, `ipv${family}` as IPVersion);
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
