import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { Outcome } from '../../src/model/report.ts';
import type { HttpTarget } from '../../src/model/target.ts';
import { httpTarget, outcomeWith, toolsWith, toPort, whileListening } from '../support/probing.ts';

interface Seen {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answers = (seen: Seen) => readonly [status: number, headers: OutgoingHttpHeaders];

/** Follows the redirects of a server that answers so, and gives what the server saw. */
const follow = async (answers: Answers, changes: Partial<HttpTarget> = {}) => {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const one = { line: `${method} ${url}`, headers, body: await text(request) };
    seen.push(one);
    response.writeHead(...answers(one)).end('{"status":"healthy"}');
  });
  const outcome = await whileListening(server, (port): Promise<Outcome> => {
    const target = httpTarget({ url: 'http://host.test/path', redirects: 'follow', ...changes });
    return outcomeWith(target, toolsWith({ connectTo: toPort(port) }));
  });
  return { outcome, seen };
};

const post = {
  method: 'POST',
  body: '{"a":1}',
  headers: { 'content-type': 'application/json', 'x-own': '1' },
} as const;
const json = { 'content-type': 'application/json' };

it.each([
  { status: 301, first: post, next: 'GET /next', body: '' },
  { status: 302, first: post, next: 'GET /next', body: '' },
  { status: 303, first: post, next: 'GET /next', body: '' },
  { status: 307, first: post, next: 'POST /next', body: post.body },
  { status: 308, first: post, next: 'POST /next', body: post.body },
  { status: 303, first: { method: 'HEAD' } as const, next: 'HEAD /next', body: '' },
])('a $status turns $first.method into $next, as Fetch says', async ({ status, first, next, body }) => {
  const { seen } = await follow(
    ({ line }) => (line.endsWith('/path') ? [status, { location: '/next' }] : [200, json]),
    first,
  );

  expect(seen[1]).toMatchObject({ line: next, body });
  expect(seen[1]?.headers['content-type']).toBe(body === '' ? undefined : 'application/json');
});

it.each([300, 304, 305])('a %d is an answer of its own, also with a location', async (status) => {
  const { seen } = await follow(() => [status, { location: '/next' }]);

  expect(seen).toHaveLength(1);
});

it('a cookie goes with the next request to the same origin, and replaces an earlier one of its name', async () => {
  const cookies: Readonly<Record<string, readonly string[]>> = {
    '/path': ['a=1; Path=/; HttpOnly', 'b=2'],
    '/second': ['a=3; Expires=Wed, 21 Oct 2037 07:28:00 GMT'],
  };
  const next: Readonly<Record<string, string>> = { '/path': '/second', '/second': '/third' };
  const { outcome, seen } = await follow(({ line }) => {
    const path = line.slice('GET '.length);
    const location = next[path];
    return location === undefined ? [200, json] : [302, { location, 'set-cookie': [...(cookies[path] ?? [])] }];
  });

  expect(seen.map(({ headers }) => headers.cookie)).toEqual([undefined, 'a=1; b=2', 'b=2; a=3']);
  expect(outcome.status).toBe('pass');
});

it('a redirect to the same address is a loop, unless it sets another cookie', async () => {
  const login: Answers = ({ headers }) =>
    headers.cookie === undefined ? [302, { location: '/path', 'set-cookie': 'seen=1' }] : [200, json];

  expect((await follow(login)).outcome.status).toBe('pass');
  expect((await follow(() => [302, { location: '/path', 'set-cookie': 'seen=1' }])).outcome.failureMode).toBe(
    'redirect-loop',
  );
});

it('a location with letters outside ASCII is read as UTF-8, as browsers do', async () => {
  const { seen } = await follow(({ line }) =>
    line.endsWith('/path')
      ? [302, { location: Buffer.from('/modèles/é?q=ü', 'utf8').toString('latin1') }]
      : [200, json],
  );

  expect(seen[1]?.line).toBe('GET /mod%C3%A8les/%C3%A9?q=%C3%BC');
});

it('a host with a final dot is the same host', async () => {
  const { outcome, seen } = await follow(({ line }) =>
    line.endsWith('/path') ? [302, { location: 'http://host.test./next' }] : [200, json],
  );

  expect(outcome.status).toBe('pass');
  expect(seen[1]?.headers.host).toBe('host.test');
});
