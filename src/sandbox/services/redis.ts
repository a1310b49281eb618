import { connect, createServer, type Server } from 'node:net';
import { closeServer, listen } from '../network/sockets.ts';

/** A cache with the part of Redis's protocol (RESP) that the API needs: GET and SET, one request per connection. */
export class Redis {
  readonly port: number;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async start(port = 0): Promise<Redis> {
    const values = new Map<string, string>();
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (bytes) => {
        // *3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n: every second line after the first is an argument.
        const [command, key = '', value] = bytes
          .toString()
          .split('\r\n')
          .filter((_, i) => i > 0 && i % 2 === 0);
        if (command === 'SET') values.set(key, value ?? '');
        const found = values.get(key);
        socket.write(
          command === 'SET' ? '+OK\r\n' : found === undefined ? '$-1\r\n' : `$${found.length}\r\n${found}\r\n`,
        );
      });
    });
    return new Redis(server, await listen(server, port, '127.0.0.1'));
  }

  close(): Promise<void> {
    return closeServer(this.#server);
  }
}

/** Sends one command. Rejects when Redis refuses it, or when it stays silent for `timeoutMs`. */
export const askRedis = (port: number, command: readonly string[], timeoutMs: number): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error('Timeout connecting to Redis'));
    }, timeoutMs);
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once('data', (bytes) => {
      clearTimeout(timer);
      socket.destroy();
      const [first = '', second = ''] = bytes.toString().split('\r\n');
      resolve(first.startsWith('+') ? first.slice(1) : first === '$-1' ? null : second);
    });
    socket.write(
      `*${command.length}\r\n${command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`,
    );
  });
