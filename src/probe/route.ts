import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';

/** Codes of connections that failed for lack of a route, reported by this host or by a router. */
const withoutWay: readonly string[] = [
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'ENETDOWN',
  'EACCES',
];

/**
 * Whether this host itself has no route to an address, or does not support its family. Connects a UDP socket, which
 * looks the route up and sends nothing (getaddrinfo does the same to sort addresses, RFC 6724, section 6).
 * @param code how a TCP connection to it failed; if not for lack of a route, nothing is looked up
 */
export const lacksRoute = async (address: string, code: string): Promise<boolean> => {
  if (!withoutWay.includes(code)) return false;
  const found = await lookUp(address);
  // EACCES is also reported for a broadcast address, which has a route: it counts only if TCP reported it too.
  return found !== null && (found === code || (found !== 'EACCES' && withoutWay.includes(found)));
};

/** The discard port. Nothing is sent to it. */
const anyPort = 9;

/** The kernel's code. Null if there is a route. */
const lookUp = (address: string): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
    const end = (error?: NodeJS.ErrnoException): void => {
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.close();
      resolve(error === undefined ? null : (error.code ?? error.name));
    };
    socket.once('error', end);
    socket.connect(anyPort, address, end);
  });
