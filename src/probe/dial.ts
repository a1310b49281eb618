import type { Socket } from 'node:net';
import type { ConnectEvidence } from '../model/observation.ts';
import { type Attempt, PhaseFailure } from './attempt.ts';
import { atLimit, connectAny } from './connect.ts';
import type { Gathered } from './evidence.ts';
import { secure } from './handshake.ts';
import { type HttpProxy, ofProxy, tunnel } from './proxy.ts';
import { resolveHost } from './resolve.ts';
import { type ProbeTools, rewire } from './tools.ts';

/** A connection to send HTTP over. */
export interface Dialed {
  readonly socket: Socket;
  /** Why TLS failed after the handshake. Null if it has not, or if there is no TLS. */
  readonly tlsFailure: () => PhaseFailure | null;
}

/** Resolves, connects and, for https, performs the TLS handshake. @throws PhaseFailure */
export const dial = async (url: URL, attempt: Attempt, tools: ProbeTools, gathered: Gathered): Promise<Dialed> => {
  // Clear the evidence of the previous hop of a redirect: it says nothing about this one.
  Object.assign(gathered, { resolution: null, address: null, tls: null } satisfies Partial<Gathered>);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const secured = url.protocol === 'https:';
  const port = url.port === '' ? (secured ? 443 : 80) : Number(url.port);
  const to = rewire(tools.connectTo, name, port);

  const proxy = tools.chooseProxy(secured, to.host, to.port);
  const { socket, address } = await (proxy === null
    ? connectTo(to, attempt, tools, gathered)
    : connectThrough(proxy, to, attempt, tools));
  gathered.address = address;
  if (!secured) return { socket, tlsFailure: () => null };

  const handshake = await attempt.phase('tls', tools.limits.tlsMs, (onStop) => secure(socket, name, tools, onStop));
  gathered.tls = handshake.evidence;
  if (handshake.failure !== null) {
    handshake.socket.destroy();
    throw handshake.failure;
  }
  return { socket: handshake.socket, tlsFailure: handshake.failedLater };
};

interface Place {
  readonly host: string;
  readonly port: number;
}

/** Evidence of a way. */
type OnTheWay = Pick<Gathered, 'resolution' | 'connects'>;

interface Reached {
  readonly socket: Socket;
  /** `address:port`; null: only the proxy knows it. */
  readonly address: string | null;
}

const connectTo = async (to: Place, attempt: Attempt, tools: ProbeTools, gathered: OnTheWay): Promise<Reached> => {
  const { connectMs, nextAddressMs } = tools.limits;
  const addresses = await resolveHost(to.host, attempt, tools, gathered);
  const tried: ConnectEvidence[] = [];
  const connecting = attempt.phase('connect', connectMs, (onStop) =>
    connectAny({ addresses, port: to.port, nextAddressMs, evidence: tried }, onStop),
  );
  const { socket, address } = await connecting
    .catch((error: unknown) => {
      throw atLimit(error, tried);
    })
    .finally(() => gathered.connects.push(...tried));
  return { socket, address: address.includes(':') ? `[${address}]:${to.port}` : `${address}:${to.port}` };
};

/** The proxy resolves the name. Names and addresses on the way to it are no evidence about the target. */
export const connectThrough = async (
  proxy: HttpProxy,
  to: Place,
  attempt: Attempt,
  tools: ProbeTools,
): Promise<Reached> => {
  const onTheWay = { resolution: null, connects: [] };
  let socket: Socket;
  try {
    ({ socket } = await connectTo(proxy, attempt, tools, onTheWay));
  } catch (error) {
    throw error instanceof PhaseFailure ? ofProxy(proxy, error) : error;
  }
  await attempt.phase('connect', tools.limits.connectMs, (onStop) => tunnel(socket, to, proxy, onStop));
  return { socket, address: null };
};
