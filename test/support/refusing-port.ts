import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';

export interface RefusingPort {
  readonly port: number;
  close(): Promise<void>;
}

/** A loopback port that refuses connections and stays reserved: the client side of a connection. */
export const refusingPort = async (host = '127.0.0.1'): Promise<RefusingPort> => {
  const server = createServer();
  const to = await listen(server, 0, host);
  const socket = connect({ host, port: to, localAddress: host });
  await once(socket, 'connect');
  const port = socket.localPort;
  if (port === undefined) throw new Error('a connection without a port');
  return {
    port,
    close: () => {
      socket.destroy();
      return closeServer(server);
    },
  };
};
