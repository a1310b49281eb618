import { connect as connectSocket, type Socket } from 'node:net';
import type { ConnectEvidence } from '../platform/observation.ts';
import { PhaseFailure } from './attempt.ts';

export interface Connected {
  readonly socket: Socket;
  readonly address: string;
}

/**
 * Connects to the first address that answers, in the given order; the next one is begun when the one before fails,
 * or has not answered within `nextAddressMs` (RFC 8305, section 5). What each address did is added to `evidence`.
 */
export const connectAny = (
  addresses: readonly string[],
  port: number,
  nextAddressMs: number,
  evidence: ConnectEvidence[],
  onStop: (stop: () => void) => void,
): Promise<Connected> =>
  new Promise((resolve, reject) => {
    const open = new Map<Socket, { readonly address: string; readonly began: number }>();
    const before = evidence.length;
    let begun = 0;
    let timer: NodeJS.Timeout | undefined;

    const record = (socket: Socket, code: string | null): void => {
      const attempt = open.get(socket);
      if (attempt === undefined) return;
      open.delete(socket);
      evidence.push({ address: attempt.address, port, code, ms: performance.now() - attempt.began });
    };
    const abandon = (code: string): void => {
      clearTimeout(timer);
      for (const socket of [...open.keys()]) {
        record(socket, code);
        socket.destroy();
      }
    };
    const next = (): void => {
      clearTimeout(timer);
      const address = addresses[begun];
      if (address === undefined) return;
      begun += 1;
      const socket = connectSocket({ host: address, port, noDelay: true });
      open.set(socket, { address, began: performance.now() });
      if (begun < addresses.length) timer = setTimeout(next, nextAddressMs);
      const onError = (error: NodeJS.ErrnoException): void => {
        record(socket, error.code ?? error.name);
        if (begun < addresses.length) next();
        else if (open.size === 0) reject(refusal(evidence.slice(before), error.message));
      };
      socket.once('error', onError);
      socket.once('connect', () => {
        socket.removeListener('error', onError);
        // Whoever reads from it next hears of trouble; until then an error is no reason for the process to end.
        socket.on('error', () => undefined);
        record(socket, null);
        abandon('ABANDONED');
        resolve({ socket, address });
      });
    };

    onStop(() => abandon('LIMIT_PHASE'));
    next();
  });

/** All addresses failed: the first one's code stands for them, for it is the one that a client would meet. */
const refusal = (tries: readonly ConnectEvidence[], message: string): PhaseFailure => {
  const tried = tries.map(({ address, code }) => `${address} ${code ?? ''}`.trim()).join(', ');
  return new PhaseFailure('connect', tries[0]?.code ?? 'UNKNOWN', tries.length > 1 ? tried : message);
};
