import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { closeServer, listen } from './sockets.ts';

/** A service that has stopped. Nobody listens on its port. */
interface Stopped {
  readonly port: number;
}

/**
 * Keeps the ports of stopped services: connections to them are refused, and no server that takes a free port gets them.
 * Otherwise a sandbox that starts later could, and answer in the place of what is stopped.
 */
export const holdPorts = async (stopped: readonly Stopped[]): Promise<{ close(): Promise<void> }> => {
  const server = createServer();
  const port = await listen(server, 0, '127.0.0.1');
  // A client's own port refuses connections, and the system gives it to no server that asks for any free one.
  const clients = stopped.map((service) =>
    connect({ port, host: '127.0.0.1', localPort: service.port, localAddress: '127.0.0.1' }),
  );
  await Promise.all(clients.map((client) => once(client, 'connect')));
  return {
    close: () => {
      for (const client of clients) client.destroy();
      return closeServer(server);
    },
  };
};
