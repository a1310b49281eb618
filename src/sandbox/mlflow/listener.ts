import type { Server, Socket } from 'node:net';

/** A server on a free loopback port that can be stopped and restarted on the same port, like a service. */
export interface Listener {
  readonly port: number;
  /** Refuses new connections and resets open ones. The server's data stays. */
  close(): Promise<void>;
  reopen(): Promise<void>;
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(address.port);
    });
  });

/** @param port 0 takes a free one. @throws the listen error, such as EADDRINUSE, when a given port is taken. */
export const startListener = async (server: Server, port = 0): Promise<Listener> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const taken = await listen(server, port);
  return {
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    reopen: async () => {
      if (!server.listening) await listen(server, taken);
    },
  };
};
