import type { Socket } from 'node:net';
import type { Attempt, PhaseFailure } from './attempt.ts';
import { connectAny } from './connect.ts';
import type { Gathered } from './evidence.ts';
import { secure } from './handshake.ts';
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
  const { limits } = tools;
  // Clear the evidence of the previous hop of a redirect: it says nothing about this one.
  Object.assign(gathered, { resolution: null, address: null, tls: null } satisfies Partial<Gathered>);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const secured = url.protocol === 'https:';
  const port = url.port === '' ? (secured ? 443 : 80) : Number(url.port);
  const to = rewire(tools.connectTo, name, port);

  const addresses = await resolveHost(to.host, attempt, tools, gathered);
  const { socket, address } = await attempt.phase('connect', limits.connectMs, (onStop) =>
    connectAny({ addresses, port: to.port, nextAddressMs: limits.nextAddressMs, evidence: gathered.connects }, onStop),
  );
  gathered.address = address.includes(':') ? `[${address}]:${to.port}` : `${address}:${to.port}`;
  if (!secured) return { socket, tlsFailure: () => null };

  const handshake = await attempt.phase('tls', limits.tlsMs, (onStop) => secure(socket, name, tools, onStop));
  gathered.tls = handshake.evidence;
  if (handshake.failure !== null) {
    handshake.socket.destroy();
    throw handshake.failure;
  }
  return { socket: handshake.socket, tlsFailure: handshake.failedLater };
};
