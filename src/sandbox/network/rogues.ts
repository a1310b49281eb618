import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, createServer as createTlsServer, TLSSocket } from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Certificate } from './certificates.ts';

/** A misbehaving server, given an accepted connection (over TLS where TLS was due). */
export type Rogue = (socket: Socket, reset: () => void) => void;

const head = (lines: string): string => `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${lines}\r\n`;

/** Responds once the request has begun to arrive. */
const onRequest =
  (answer: Rogue): Rogue =>
  (socket, reset) => {
    socket.once('data', () => answer(socket, reset));
  };

/** Writes as fast as the other side reads, until it disconnects. */
const endless = (socket: Socket, chunk: string): void => {
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk)) {
      // The kernel's buffers decide when to pause.
    }
  };
  socket.on('drain', more);
  more();
};

/** Writes one byte at intervals. */
const drip = (socket: Socket, everyMs: number): void => {
  const timer = setInterval(() => socket.write('x'), everyMs);
  socket.on('close', () => clearInterval(timer));
};

const bombBytes = 64 * 1024 * 1024;

/** Created once, on first use, because it takes a second. */
const bomb = (compress: (bytes: Buffer) => Buffer): (() => Buffer) => {
  let made: Buffer | undefined;
  return () => {
    made ??= compress(Buffer.alloc(bombBytes));
    return made;
  };
};

const gzipBomb = bomb(gzipSync);
const brotliBomb = bomb(brotliCompressSync);

export const rogues = {
  hangs: onRequest(() => undefined),
  'closes-without-answer': onRequest((socket) => socket.end()),
  'resets-on-request': onRequest((_socket, reset) => reset()),
  'speaks-garbage': onRequest((socket) => socket.end('220 mail.example ESMTP ready\r\n')),
  'breaks-off-mid-body': onRequest((socket) => socket.end(`${head('content-length: 100\r\n')}{"status":`)),
  'resets-mid-body': onRequest((socket, reset) => {
    socket.write(`${head('content-length: 100\r\n')}{"status":`);
    // A reset would overtake data that the other side has not read yet.
    setTimeout(reset, 50);
  }),
  'breaks-off-mid-chunks': onRequest((socket) =>
    socket.end(`${head('transfer-encoding: chunked\r\n')}a\r\n{"status":`),
  ),
  'breaks-chunking': onRequest((socket) =>
    socket.end(`${head('transfer-encoding: chunked\r\n')}zz\r\n{}\r\n0\r\n\r\n`),
  ),
  'drips-its-body': onRequest((socket) => {
    socket.write(head('content-length: 100000\r\n'));
    drip(socket, 50);
  }),
  'drips-its-head': onRequest((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
    drip(socket, 50);
  }),
  'never-ends-its-body': onRequest((socket) => {
    socket.write(head('transfer-encoding: chunked\r\n'));
    endless(socket, `4000\r\n${'x'.repeat(0x4000)}\r\n`);
  }),
  'announces-a-giant': onRequest((socket) => {
    socket.write(head('content-length: 536870912\r\n'));
    endless(socket, 'x'.repeat(0x4000));
  }),
  'never-ends-its-headers': onRequest((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    endless(socket, `x-filler: ${'x'.repeat(1000)}\r\n`);
  }),
  'never-ends-its-status-line': onRequest((socket) => {
    socket.write('HTTP/1.1 200 ');
    endless(socket, 'x'.repeat(0x4000));
  }),
  'floods-interim-answers': onRequest((socket) => endless(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n')),
  'continues-forever': onRequest((socket) => endless(socket, 'HTTP/1.1 100 Continue\r\n\r\n')),
  'switches-protocols': onRequest((socket) =>
    socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: echo\r\nconnection: upgrade\r\n\r\nhello'),
  ),
  'puts-a-nul-in-a-header': onRequest((socket) => socket.end(`${head('x-odd: a\0b\r\ncontent-length: 2\r\n')}{}`)),
  'sends-broken-gzip': onRequest((socket) =>
    socket.end(`${head('content-encoding: gzip\r\ncontent-length: 8\r\n')}notagzip`),
  ),
  'cuts-its-gzip': onRequest((socket) => {
    const whole = gzipSync('{"status":"healthy"}');
    const cut = whole.subarray(0, whole.length - 10);
    socket.write(head(`content-encoding: gzip\r\ncontent-length: ${cut.length}\r\n`));
    socket.end(cut);
  }),
  'sends-a-gzip-bomb': onRequest((socket) => {
    const body = gzipBomb();
    socket.write(head(`content-encoding: gzip\r\ncontent-length: ${body.length}\r\n`));
    socket.end(body);
  }),
  'sends-a-brotli-bomb': onRequest((socket) => {
    const body = brotliBomb();
    socket.write(head(`content-encoding: br\r\ncontent-length: ${body.length}\r\n`));
    socket.end(body);
  }),
  'names-an-unknown-encoding': onRequest((socket) =>
    socket.end(`${head('content-encoding: lzma\r\ncontent-length: 2\r\n')}{}`),
  ),
  'shows-a-login-page': onRequest((socket) => {
    const page =
      '<!doctype html><html><head><title>Sign in</title></head><body><form method="post" action="/login">' +
      '<input name="user"><input name="password" type="password"></form></body></html>';
    socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\n\r\n${page}`);
  }),
  'answers-empty': onRequest((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')),
} as const satisfies Record<string, Rogue>;

export type RogueName = keyof typeof rogues;

/** Tracks a server's connections, so that stopping it cuts them too. */
const cutOnClose = (server: Server): Server & { closeAllConnections(): void } => {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  return Object.assign(server, {
    closeAllConnections: () => {
      for (const socket of open) socket.destroy();
    },
  });
};

export const plainRogue = (rogue: Rogue): Server =>
  cutOnClose(createServer((socket) => rogue(socket, () => socket.resetAndDestroy())));

export const tlsRogue = (rogue: Rogue, certificate: Certificate): Server => {
  const secureContext = createSecureContext({ cert: certificate.chain, key: certificate.key });
  return cutOnClose(
    createServer((raw) => {
      const socket = new TLSSocket(raw, { isServer: true, secureContext });
      socket.on('error', () => undefined);
      // Only the underlying connection can be reset.
      rogue(socket, () => raw.resetAndDestroy());
    }),
  );
};

/** Accepts, and resets before any byte is exchanged. */
export const resettingServer = (): Server => cutOnClose(createServer((socket) => socket.resetAndDestroy()));

/** Accepts and stays silent, so a handshake never proceeds. */
export const silentServer = (): Server => cutOnClose(createServer(() => undefined));

/** Speaks only TLS 1.0, which no current client accepts. */
export const antiqueTlsServer = (certificate: Certificate): Server =>
  cutOnClose(
    createTlsServer({
      cert: certificate.chain,
      key: certificate.key,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1',
      // OpenSSL 3 allows it only below its default security level.
      ciphers: 'DEFAULT@SECLEVEL=0',
    }),
  );
