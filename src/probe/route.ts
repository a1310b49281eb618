import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';

/** Codes of a connection that was refused for want of a way to the address, by this host or by a router. */
const withoutWay: readonly string[] = [
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'ENETDOWN',
  'EACCES',
];

/**
 * Whether this host itself knows no way to an address: no route, or no such family of addresses. A UDP socket is connected to it,
 * which looks the route up and sends nothing (as getaddrinfo does to sort addresses, RFC 6724, section 6).
 * @param code how a TCP connection there failed; when it was not for want of a way, none is looked up.
 */
export const lacksRoute = async (address: string, code: string): Promise<boolean> => {
  if (!withoutWay.includes(code)) return false;
  const found = await lookUp(address);
  // EACCES is said of a broadcast address too, to which there is a route: it counts only where TCP said the same.
  return found !== null && (found === code || (found !== 'EACCES' && withoutWay.includes(found)));
};

/** The port of "discard": nothing is sent to it. */
const anyPort = 9;

/** Null: there is a route, else the kernel's code. */
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
