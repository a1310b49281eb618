import { pythonWith } from './environment.ts';
import { startServer } from './server.ts';

/** AWS on the wire. Clients take any credentials, and a region. */
export interface Moto {
  readonly endpoint: string;
  /** Forgets everything that it was told, whoever told it: so each test file has a server of its own. */
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
