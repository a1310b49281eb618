import { pythonWith } from './environment.ts';
import { startServer } from './server.ts';

/** AWS over the wire. Clients need a region and may use any credentials. */
export interface Moto {
  readonly endpoint: string;
  /** Clears all state for every client, so each test file needs its own server. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Takes about 2 s. */
export const startMoto = async (): Promise<Moto> => {
  const { url, close } = await startServer({
    command: [await pythonWith('moto'), '-m', 'moto.server'],
    readyPath: '/moto-api/',
    args: (port) => ['-H', '127.0.0.1', '-p', String(port)],
    env: {},
  });
  return {
    endpoint: url,
    reset: async () => {
      const { ok, status } = await fetch(`${url}/moto-api/reset`, { method: 'POST' });
      if (!ok) throw new Error(`moto did not reset: ${status}`);
    },
    close,
  };
};
