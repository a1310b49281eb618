import { createSocket, type Socket } from 'node:dgram';
import { createServer, type Server } from 'node:net';

export const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.removeListener('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** Stops listening and cuts open connections, as when a task is stopped. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const http = server as Server & { closeAllConnections?: () => void };
    server.close(() => resolve());
    http.closeAllConnections?.();
  });

/**
 * Listens on one port for UDP and TCP, as a name server does. Another server of this machine may hold the port for one
 * of them.
 */
export const listenForBoth = async (
  tcp: Server,
  host: string,
): Promise<{ readonly udp: Socket; readonly port: number }> => {
  for (;;) {
    const port = await listen(tcp, 0, host);
    const udp = createSocket('udp4');
    try {
      await new Promise<void>((resolve, reject) => {
        udp.once('error', reject);
        udp.bind(port, host, () => {
          udp.removeListener('error', reject);
          resolve();
        });
      });
      return { udp, port };
    } catch (error) {
      udp.close();
      await closeServer(tcp);
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
};

/** A port that is free now. Another process may take it, so the caller must be ready to try another. */
export const freePort = async (host: string): Promise<number> => {
  const server = createServer();
  const port = await listen(server, 0, host);
  await closeServer(server);
  return port;
};
