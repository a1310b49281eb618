import { connect, createServer, type Server, type Socket } from 'node:net';
import { listen } from '../../src/sandbox/network/sockets.ts';
import { lateMs, type Points } from './points.ts';

/** Passes bytes on. Each packet is a point. */
const pass = (from: Socket, to: Socket, event: string, points: Points): void => {
  let isHanging = false;
  let earlier: Promise<unknown> = Promise.resolve();
  const write = (bytes: Buffer): void => {
    if (to.writable) to.write(bytes);
  };
  from.on('data', (bytes: Buffer) => {
    const action = isHanging ? null : points.arrive(event);
    if (action === 'throw') {
      from.resetAndDestroy();
      to.resetAndDestroy();
    }
    isHanging ||= action === 'hang';
    if (isHanging) return;
    const waitMs = action === 'late' ? lateMs : 0;
    earlier = earlier.then(async () => {
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      write(bytes);
      if (action === 'twice') write(bytes);
    });
  });
  from.on('end', () => {
    if (!isHanging) void earlier.then(() => to.end());
  });
  from.on('close', () => void earlier.then(() => to.destroy()));
  from.on('error', () => to.destroy());
};

/** Stands between the function and a server. Each connection and each packet is a point. */
export const startProxy = async (
  name: string,
  upstream: number,
  points: Points,
): Promise<{ readonly port: number; readonly server: Server }> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    const action = points.arrive(`${name}: connection`);
    if (action === 'throw') return socket.resetAndDestroy();
    if (action === 'hang') return socket.resume();
    const open = (): void => {
      const inner = connect(upstream, '127.0.0.1');
      pass(socket, inner, `${name}: request`, points);
      pass(inner, socket, `${name}: response`, points);
    };
    if (action === 'late') setTimeout(open, lateMs);
    else open();
    return socket;
  });
  return { port: await listen(server, 0, '127.0.0.1'), server };
};
