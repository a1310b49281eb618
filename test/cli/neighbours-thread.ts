import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { parentPort, workerData } from 'node:worker_threads';
import { listen } from '../../src/sandbox/network/sockets.ts';

export interface NeighboursData {
  readonly cert: string;
  readonly key: string;
}

export interface NeighbourPorts {
  readonly plain: number;
  readonly secure: number;
}

/** What they answer, in turns by path: each is judged in its own way. */
const answers: readonly (readonly [status: number, type: string, body: string])[] = [
  [200, 'application/json', '{"status":"healthy"}'],
  [500, 'application/json', '{"detail":"it broke"}'],
  [503, 'application/json', '{"detail":"Authentication service not available"}'],
  [404, 'application/json', '{"detail":"Not Found"}'],
  [401, 'application/json', '{"detail":"API key required"}'],
  [200, 'text/plain', ''],
  [
    502,
    'text/html',
    '<html><head><style>a{}</style><title>x</title></head><body><h1>502 Bad Gateway</h1></body></html>',
  ],
  [500, 'application/json', '{"error_code":"INTERNAL_ERROR","message":"(psycopg2.OperationalError) too many clients"}'],
];

const neighbour: RequestListener = (request, response) => {
  const [status, type, body] = answers[Number(request.url?.slice(1)) % answers.length] ?? [500, '', ''];
  response.writeHead(status, { 'content-type': type }).end(body);
};

// In a thread of their own, so that the hostile servers, and the tests, cannot make them late.
const { cert, key } = workerData as NeighboursData;
const ports: NeighbourPorts = {
  plain: await listen(createServer(neighbour), 0, '127.0.0.1'),
  secure: await listen(createSecureServer({ cert, key }, neighbour), 0, '127.0.0.1'),
};
parentPort?.postMessage(ports);
