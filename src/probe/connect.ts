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
 * Connects to the first address that answers, in the given order. Tries the next address when the previous one fails or
 * has not answered within `nextAddressMs` (RFC 8305, section 5). Adds what each address did to `evidence`.
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
        // Later errors go to whoever reads from the socket. Until then, an unhandled one must not end the process.
        socket.on('error', () => undefined);
        record(socket, null);
        abandon('ABANDONED');
        Promise.all(lookedUp).then(() => resolve({ socket, address }), reject);
      });
    };

    onStop(() => abandon('LIMIT_PHASE'));
    next();
  });

/** Time is up while some address is silent. If every address that says something has answered, that is the failure. */
export const atLimit = (error: unknown, tries: readonly ConnectEvidence[]): unknown => {
  if (!(error instanceof PhaseFailure) || !isLimit(error.code)) return error;
  const telling = tellingTries(tries);
  return telling.length === 0 || telling.some(({ code }) => code === null || isLimit(code))
    ? error
    : refusal(tries, '');
};

const isLimit = (code: string): boolean => code.startsWith('LIMIT_');

/**
 * When all addresses fail, the first one's code stands for them, because that is what a client would see. An address
 * that this host has no route to does not count.
 */
const refusal = (tries: readonly ConnectEvidence[], message: string): PhaseFailure => {
  const tried = tries.map(({ address, code }) => `${address} ${code ?? ''}`.trim()).join(', ');
  const [first] = tellingTries(tries);
  if (first === undefined) return new PhaseFailure('connect', 'NO_ROUTE', `from here to ${tried}`);
  return new PhaseFailure('connect', first.code ?? 'UNKNOWN', tries.length > 1 ? tried : message);
};
