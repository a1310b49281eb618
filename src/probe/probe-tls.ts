import type { Attempted, AttemptFailure } from '../platform/observation.ts';
import type { TlsTarget } from '../platform/target.ts';
import { Attempt, PhaseFailure } from './attempt.ts';
import { connectAny } from './connect.ts';
import { type Gathered, observe } from './evidence.ts';
import { secure } from './handshake.ts';
import { resolveHost } from './resolve.ts';
import { type ProbeTools, rewire } from './tools.ts';

/**
 * One attempt of a certificate: every address of the name is asked, one after the other, for each can carry another one,
 * and a dead address hides behind the others when a client simply takes the first that answers.
 * Nothing is sent after the handshake.
 */
export const probeTls = (target: TlsTarget, tools: ProbeTools): Promise<Attempted> => {
  const attempt = new Attempt(target.timeoutMs, tools.cycleEndsAt, tools.stop);
  return observe(target, attempt, tools, async (gathered) => {
    const to = rewire(tools.connectTo, target.name, target.port);
    const addresses = await resolveHost(to.host, attempt, tools, gathered);
    let failure: AttemptFailure | null = null;
    const failing: string[] = [];
    for (const address of addresses) {
      const trouble = await shakeHands(address, to.port, target, attempt, tools, gathered);
      // What is told is told of the address that it is about: the first that fails, else the first.
      if (gathered.address === null || (failure === null && trouble !== null))
        gathered.address = address.includes(':') ? `[${address}]:${to.port}` : `${address}:${to.port}`;
      if (trouble !== null) failing.push(address);
      failure ??= trouble;
    }
    return failure === null ? null : of(failure, failing, addresses.length);
  });
};

/** With the addresses that it is about, where there are several. */
const of = ({ phase, code, detail }: AttemptFailure, failing: readonly string[], count: number): AttemptFailure => ({
  phase,
  code,
  detail: count === 1 ? detail : `${failing.join(', ')} (${failing.length} of ${count} addresses): ${detail}`,
});

const shakeHands = async (
  address: string,
  port: number,
  target: TlsTarget,
  attempt: Attempt,
  tools: ProbeTools,
  gathered: Gathered,
): Promise<AttemptFailure | null> => {
  try {
    const { socket } = await attempt.phase('connect', tools.limits.connectMs, (onStop) =>
      connectAny([address], port, tools.limits.nextAddressMs, gathered.connects, onStop),
    );
    const handshake = await attempt.phase('tls', tools.limits.tlsMs, (onStop) =>
      secure(socket, target.name, tools.trust, tools.now, onStop),
    );
    handshake.socket.destroy();
    // The evidence of an address that fails is worth more than that of one that does not.
    if (gathered.tls === null || handshake.failure !== null) gathered.tls = handshake.evidence;
    return handshake.failure;
  } catch (error) {
    if (error instanceof PhaseFailure) return error;
    throw error;
  }
};
