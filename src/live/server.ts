import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { isAllowedHost } from './allowed-host.ts';
import { type Answer, answerTo } from './answers.ts';
import type { Board } from './board.ts';
import { liveLimits } from './limits.ts';

export interface Listening {
  /** `127.0.0.1`, `::1`, `localhost` … */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface LiveServer {
  /** `http://127.0.0.1:9090/` */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** No script, nothing from elsewhere, in no other site's frame, and no copy in a cache. */
const safety = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  connection: 'close',
} as const;

/** Read-only. @throws the system's error if it cannot listen there */
export const serveLive = async (at: Listening, board: () => Board): Promise<LiveServer> => {
  const answers = createCache(board);
  const names = [at.host, hostname()];
  const server = createServer(
    {
      maxHeaderSize: liveLimits.headerBytes,
      headersTimeout: liveLimits.clientMs,
      requestTimeout: liveLimits.clientMs,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => send(answerOf(request, names, answers), request, response),
  );
  server.maxConnections = liveLimits.connections;
  // A client that takes its answer byte by byte holds a connection no longer than one that sends nothing.
  server.on('connection', (socket) => {
    const end = setTimeout(() => socket.destroy(), liveLimits.clientMs);
    socket.once('close', () => clearTimeout(end));
    socket.on('error', () => undefined);
  });
  await listening(server, at);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const listening = (server: Server, { host, port }: Listening): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      // An error of accepting a connection, such as too many open files, must not end the watch.
      server.on('error', () => undefined);
      resolve();
    });
  });

type Answers = (path: string) => Answer;

/** The same answer for a second, so that many clients cost a cycle no more than one. */
const createCache = (board: () => Board): Answers => {
  const kept = new Map<string, { readonly at: number; readonly of: Board; readonly answer: Answer }>();
  return (path) => {
    const mark = performance.now();
    const now = board();
    const there = kept.get(path);
    if (there !== undefined && there.of === now && mark - there.at < liveLimits.pageMs) return there.answer;
    const answer = answerTo(path, now, { nowMs: Date.now(), mark });
    if (kept.size >= keptAnswers) kept.clear();
    kept.set(path, { at: mark, of: now, answer });
    return answer;
  };
};

/** The three pages, and some incidents. */
const keptAnswers = 16;

const plain = (status: number, body: string): Answer => ({ status, type: 'text/plain; charset=utf-8', body });

const answerOf = (
  { method, url = '', headers }: IncomingMessage,
  names: readonly string[],
  answers: Answers,
): Answer => {
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'This page is read-only: use GET.\n');
  if (!isAllowedHost(headers.host ?? '', names))
    return plain(
      421,
      'The Host header names another machine. Use an address, localhost, or the name given to --listen.\n',
    );
  const path = /^[^?#]*/.exec(url)?.[0] ?? '';
  try {
    return answers(path);
  } catch {
    return plain(500, 'This page cannot be made; the watch goes on.\n');
  }
};

const send = ({ status, type, body }: Answer, { method }: IncomingMessage, response: ServerResponse): void => {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    ...safety,
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
    'content-type': type,
    'content-length': bytes.length,
  });
  response.end(method === 'HEAD' ? undefined : bytes);
};
