import { connect as connectSocket, type Socket } from 'node:net';
import type { ConnectEvidence } from '../model/observation.ts';
import { tellingTries } from '../model/telling-tries.ts';
import { PhaseFailure } from './attempt.ts';
import { lacksRoute } from './route.ts';

export interface Connected {
  readonly socket: Socket;
  readonly address: string;
}

interface Connecting {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly nextAddressMs: number;
  readonly evidence: ConnectEvidence[];
}

/**
 * Connects to the first address that answers, in the given order; the next one is begun when the one before fails,
 * or has not answered within `nextAddressMs` (RFC 8305, section 5). What each address did is added to `evidence`.
 */
export const connectAny = (
  { addresses, port, nextAddressMs, evidence }: Connecting,
  onStop: (stop: () => void) => void,
): Promise<Connected> =>
  new Promise((resolve, reject) => {
    const open = new Map<Socket, { readonly address: string; readonly began: number }>();
    const before = evidence.length;
    const lookedUp: Promise<void>[] = [];
    let begun = 0;
    let timer: NodeJS.Timeout | undefined;

    const record = (socket: Socket, code: string | null): void => {
      const attempt = open.get(socket);
      if (attempt === undefined) return;
      open.delete(socket);
      const { address, began } = attempt;
      const tried = { address, port, code, ms: performance.now() - began, noRoute: false };
      evidence.push(tried);
      if (code === null) return;
      lookedUp.push(
        lacksRoute(address, code).then((noRoute) => {
          tried.noRoute = noRoute;
        }),
      );
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
        else if (open.size === 0)
          Promise.all(lookedUp).then(() => reject(refusal(evidence.slice(before), error.message)), reject);
      };
      socket.once('error', onError);
      socket.once('connect', () => {
        socket.removeListener('error', onError);
        // Whoever reads from it next hears of trouble; until then an error is no reason for the process to end.
        socket.on('error', () => undefined);
        record(socket, null);
        abandon('ABANDONED');
        Promise.all(lookedUp).then(() => resolve({ socket, address }), reject);
      });
    };

    onStop(() => abandon('LIMIT_PHASE'));
    next();
  });

/**
 * All addresses failed: the first one's code stands for them, for it is the one that a client would meet;
 * not that of an address that could not be tried from here.
 */
const refusal = (tries: readonly ConnectEvidence[], message: string): PhaseFailure => {
  const tried = tries.map(({ address, code }) => `${address} ${code ?? ''}`.trim()).join(', ');
  const [first] = tellingTries(tries);
  if (first === undefined) return new PhaseFailure('connect', 'NO_ROUTE', `from here to ${tried}`);
  return new PhaseFailure('connect', first.code ?? 'UNKNOWN', tries.length > 1 ? tried : message);
};
