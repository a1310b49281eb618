import { once } from 'node:events';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ThreadedSandbox } from '../../../src/sandbox/start-thread.ts';

/** The sandbox behind a way to the registry that is cut until it is healed. */
export const startBreakable = async ({ configuration }: ThreadedSandbox) => {
  const [entry = '', port = ''] = /registry\.hokus\.ai:443::(\d+)/.exec(configuration) ?? [];
  let cut = true;
  const server = createTcpServer((socket) => {
    if (cut) {
      socket.resetAndDestroy();
      return;
    }
    const onwards = connect(Number(port), '127.0.0.1');
    socket.pipe(onwards).pipe(socket);
    for (const one of [socket, onwards]) {
      one.on('error', () => {
        socket.destroy();
        onwards.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = entry.replace(port, String((server.address() as AddressInfo).port));
  return {
    configuration: configuration.replace(entry, own),
    /** Never ends: the function does. */
    healWhen: async (isTime: () => boolean): Promise<never> => {
      while (!isTime()) await pause(100);
      cut = false;
      return new Promise<never>(() => {});
    },
    close: () => server.close(),
  };
};
