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

/** Stops listening; connections that are open are cut, as when a task is stopped. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const http = server as Server & { closeAllConnections?: () => void };
    server.close(() => resolve());
    http.closeAllConnections?.();
  });

export const freePort = async (host: string): Promise<number> => {
  const server = createServer();
  const port = await listen(server, 0, host);
  await closeServer(server);
  return port;
};
