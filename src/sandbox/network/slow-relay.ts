import { request as httpRequest } from 'node:http';
import { connect, createServer, type Server } from 'node:net';
import { type TaskAddress, withoutHopByHop } from '../balancer/forward.ts';
import { reply } from '../services/reply.ts';
import { Task } from '../services/services.ts';
import { closeServer, listen } from './sockets.ts';

export interface Delay {
  readonly ms: number;
  /** Only requests whose path matches wait. */
  readonly paths: RegExp;
}

/** Passes requests on to a task that has become slow. */
export const slowRelay = (to: TaskAddress, { ms, paths }: Delay): Task =>
  new Task((request, response) => {
    const pass = (): void => {
      const upstream = httpRequest({
        ...to,
        method: request.method,
        path: request.url,
        headers: { ...withoutHopByHop(request.headers), host: request.headers.host ?? to.host },
        agent: false,
      });
      upstream.on('error', () => (response.headersSent ? response.destroy() : reply(response, 502, '')));
      upstream.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers));
        answer.pipe(response);
      });
      response.on('close', () => upstream.destroy());
      request.pipe(upstream);
    };
    if (!paths.test((request.url ?? '/').split('?')[0] ?? '/')) return pass();
    const timer = setTimeout(pass, ms);
    response.on('close', () => clearTimeout(timer));
  });

export interface SlowTunnel {
  readonly port: number;
  close(): Promise<void>;
}

/** The same for any protocol: each connection waits before its first byte is passed on. */
export const startSlowTunnel = async (to: TaskAddress, ms: number): Promise<SlowTunnel> => {
  const server: Server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    const timer = setTimeout(() => {
      const upstream = connect(to);
      upstream.on('error', () => socket.destroy());
      socket.on('close', () => upstream.destroy());
      socket.pipe(upstream).pipe(socket);
    }, ms);
    socket.on('close', () => clearTimeout(timer));
  });
  const port = await listen(server, 0, '127.0.0.1');
  return { port, close: () => closeServer(server) };
};
