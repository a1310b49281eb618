import type { Socket } from 'node:net';
import type { Attempt } from './attempt.ts';
import { connectAny } from './connect.ts';
import type { Gathered } from './evidence.ts';
import { secure } from './handshake.ts';
import { resolveHost } from './resolve.ts';
import { type ProbeTools, rewire } from './tools.ts';

/** Resolves and connects, and shakes hands where the scheme is https; throws the failing phase. */
export const dial = async (url: URL, attempt: Attempt, tools: ProbeTools, gathered: Gathered): Promise<Socket> => {
  const { limits } = tools;
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const secured = url.protocol === 'https:';
  const port = url.port === '' ? (secured ? 443 : 80) : Number(url.port);
  const to = rewire(tools.connectTo, name, port);

  const addresses = await resolveHost(to.host, attempt, tools, gathered);
  const { socket, address } = await attempt.phase('connect', limits.connectMs, (onStop) =>
    connectAny(addresses, to.port, limits.nextAddressMs, gathered.connects, onStop),
  );
  gathered.address = address.includes(':') ? `[${address}]:${to.port}` : `${address}:${to.port}`;
  if (!secured) return socket;

  const handshake = await attempt.phase('tls', limits.tlsMs, (onStop) =>
    secure(socket, name, tools.trust, tools.now, onStop),
  );
  gathered.tls = handshake.evidence;
  if (handshake.failure !== null) {
    handshake.socket.destroy();
    throw handshake.failure;
  }
  return handshake.socket;
};
