import type { AddressObservation, Attempted, ConnectEvidence } from '../model/observation.ts';
import type { TlsTarget } from '../model/target.ts';
import type { Raw } from '../raw/raw.ts';
import { Attempt, PhaseFailure } from './attempt.ts';
import { connectAny } from './connect.ts';
import { connectThrough } from './dial.ts';
import { observe } from './evidence.ts';
import { secure } from './handshake.ts';
import { resolveHost } from './resolve.ts';
import { type ProbeTools, rewire } from './tools.ts';

/**
 * One attempt of a certificate target. Asks every address of the name, because each can have another certificate, and a
 * client that takes the first address that answers hides a dead one. All in parallel, so that a silent address takes no
 * time from the others. Sends nothing after the handshake.
 */
export const probeTls = (target: TlsTarget, tools: ProbeTools): Promise<Attempted> => {
  const attempt = new Attempt(target.timeoutMs, tools.cycleEndsAt, tools.stop);
  return observe(target, attempt, tools, async (gathered) => {
    const to = rewire(tools.connectTo, target.name, target.port);
    const proxy = tools.chooseProxy(true, to.host, to.port);
    if (proxy !== null) {
      // One address of several, and only the proxy knows which.
      const { socket } = await connectThrough(proxy, to, attempt, tools);
      gathered.address = `${to.host}:${to.port}`;
      const {
        socket: secured,
        evidence: tls,
        failure,
      } = await attempt.phase('tls', tools.limits.tlsMs, (onStop) => secure(socket, target.name, tools, onStop));
      secured.destroy();
      gathered.addresses.push({ address: gathered.address, tls, failure });
      return null;
    }
    const addresses = await resolveHost(to.host, attempt, tools, gathered);
    const parts = addresses.map((address) => ({ address, attempt: attempt.fork() }));
    const asked = await Promise.all(
      parts.map((part) => shakeHands({ ip: part.address, port: to.port }, target, part.attempt, tools)),
    );
    attempt.join(parts.map((part) => part.attempt));
    gathered.connects.push(...asked.flatMap(({ connects }) => connects));
    gathered.addresses.push(...asked.map(({ seen }) => seen));
    return null;
  });
};

interface AskedAddress {
  readonly connects: readonly ConnectEvidence[];
  readonly seen: AddressObservation<Raw>;
}

const shakeHands = async (
  { ip, port }: { readonly ip: string; readonly port: number },
  target: TlsTarget,
  attempt: Attempt,
  tools: ProbeTools,
): Promise<AskedAddress> => {
  const address = ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
  const connects: ConnectEvidence[] = [];
  try {
    const { socket } = await attempt.phase('connect', tools.limits.connectMs, (onStop) =>
      connectAny({ addresses: [ip], port, nextAddressMs: tools.limits.nextAddressMs, evidence: connects }, onStop),
    );
    const handshake = await attempt.phase('tls', tools.limits.tlsMs, (onStop) =>
      secure(socket, target.name, tools, onStop),
    );
    handshake.socket.destroy();
    return { connects, seen: { address, tls: handshake.evidence, failure: handshake.failure } };
  } catch (error) {
    if (error instanceof PhaseFailure) return { connects, seen: { address, tls: null, failure: error } };
    throw error;
  }
};
