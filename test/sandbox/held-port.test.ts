import { connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { holdPorts } from '../../src/sandbox/network/held-port.ts';
import { closeServer, freePort, listen } from '../../src/sandbox/network/sockets.ts';

const errorOf = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.destroy(new Error('connected')));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });

it('the port of a stopped service refuses connections while it is held, and is free after that', async () => {
  const port = await freePort('127.0.0.1');
  const held = await holdPorts([{ port }]);
  expect(await errorOf(port)).toBe('ECONNREFUSED');

  await held.close();
  const server = createServer();
  await listen(server, port, '127.0.0.1');
  await closeServer(server);
});
