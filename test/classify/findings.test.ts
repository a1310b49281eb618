import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answerer } from '../../src/model/answerers.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Dependency, Outcome } from '../../src/model/report.ts';
import type { HttpTarget } from '../../src/model/target.ts';
import type { ToldCause } from '../../src/model/told-causes.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { httpTarget, outcomeWith, testKey, testLimits, toolsWith, toPort } from '../support/probing.ts';

let server: Server | null = null;

afterEach(async () => {
  if (server !== null) await closeServer(server);
  server = null;
});

/** One answer over a real socket, judged; `evidenceBytes` is what the report shows of it. */
const answered = async (
  listener: RequestListener,
  evidenceBytes = testLimits.evidenceBytes,
  changes: Partial<HttpTarget> = {},
): Promise<Outcome> => {
  if (server !== null) await closeServer(server);
  server = createServer(listener);
  const port = await listen(server, 0, '127.0.0.1');
  const limits = { ...testLimits, evidenceBytes };
  return outcomeWith(
    httpTarget({ url: 'http://host.test/path', ...changes }),
    toolsWith({ connectTo: toPort(port), limits }),
  );
};

type Sent = readonly (readonly [name: string, value: string])[];

/** Headers in this order, and no others. */
const sending =
  (status: number, headers: Sent, body: string): RequestListener =>
  (_, response) => {
    response.sendDate = false;
    response.writeHead(status, headers.flat());
    response.end(body);
  };

const json: Sent = [['content-type', 'application/json']];
const html: Sent = [['content-type', 'text/html; charset=utf-8']];
const plain: Sent = [['content-type', 'text/plain']];
const uvicorn: Sent = [['server', 'uvicorn']];

const mlflowError = (message: string): string => JSON.stringify({ error_code: 'INTERNAL_ERROR', message });
const exhausted = 'FATAL:  sorry, too many clients already';
const sql = (bytes: number): string =>
  `(psycopg2.OperationalError) [SQL: SELECT ${'experiments.name, '.repeat(bytes / 18)}]`;

interface Told {
  readonly status?: number;
  readonly headers: Sent;
  readonly body: (filler: string) => string;
  readonly mode: FailureMode;
  readonly cause: ToldCause | null;
}

const tellings: Readonly<Record<string, Told>> = {
  'an MLflow error in JSON': {
    headers: json,
    body: (filler) => mlflowError(`${filler} ${exhausted}`),
    mode: 'database-error',
    cause: 'no-connection-left',
  },
  'an MLflow error with escapes': {
    headers: json,
    body: (filler) => mlflowError(`${filler}\ndatabase "mlflow" does not exist`).replaceAll('\\"', '\\u0022'),
    mode: 'database-error',
    cause: 'tables-missing',
  },
  'an error of the API that quotes another in JSON': {
    status: 502,
    headers: [...uvicorn, ...json],
    body: (filler) => JSON.stringify({ detail: `${filler}\nConnection refused` }),
    mode: 'upstream-unreachable',
    cause: 'connection-refused',
  },
  'a plain text': {
    headers: [...uvicorn, ...plain],
    body: (filler) => `${filler}\nFATAL:  password authentication\n  failed for user "mlflow"`,
    mode: 'database-error',
    cause: 'login-refused',
  },
  'a page': {
    headers: [...uvicorn, ...html],
    body: (filler) =>
      `<!doctype html><html><head><style>${'p{}'.repeat(200)}</style></head><body><p>${filler}</p><p>too many <b>clients</b> already</p></body></html>`,
    mode: 'database-error',
    cause: 'no-connection-left',
  },
  'a page with entities': {
    headers: [...uvicorn, ...html],
    body: (filler) =>
      `<html><body><pre>${filler} Table &#39;mlflow.experiments&#x27; doesn&#39;t exist</pre></body></html>`,
    mode: 'database-error',
    cause: 'tables-missing',
  },
  'a page whose markup alone has the words': {
    headers: [...uvicorn, ...html],
    body: (filler) =>
      `<html><head><script src="auth.js"></script></head><body><!-- redis > cache --><img alt="redis"><p>${filler}</p></body></html>`,
    mode: 'database-error',
    cause: null,
  },
  'a stack trace, of which the message tells and not the way to it': {
    headers: [...uvicorn, ...plain],
    body: (filler) =>
      `Traceback (most recent call last):\n  File "/app/auth.py", line 1, in auth\n    raise cache.redis(${filler})\nRuntimeError: model registry is down`,
    mode: 'server-error',
    cause: 'names-mlflow',
  },
};

const lengths = [100, 1_000, 20_000];
const shown = [testLimits.evidenceBytes, 0];

describe('the cause that a response gives for a failure', () => {
  it.each(Object.entries(tellings))(
    'is found anywhere in the body, however little is shown: %s',
    async (_, { status = 500, headers, body, mode, cause }) => {
      for (const length of lengths)
        for (const bytes of shown) {
          const filler = mode === 'server-error' ? 'x'.repeat(length) : sql(length);
          const said = await answered(sending(status, headers, body(filler)), bytes);
          expect(said).toMatchObject({ failureMode: mode, cause });
          expect(said.attempts).toMatchObject([{ cause }]);
          expect((said.evidence.body ?? '').length).toBeLessThanOrEqual(bytes);
        }
    },
  );

  it('is empty without a response and without a failure', async () => {
    const silent = await answered(({ socket }) => socket.destroy());
    expect(silent).toMatchObject({ status: 'fail', cause: null, dependencies: [], fingerprint: null });
    const well = await answered(sending(200, json, '{"status":"healthy","message":"too many clients"}'));
    expect(well).toMatchObject({ status: 'pass', cause: null });
  });

  it('is never read from our own words: an empty response from MLflow names nothing', async () => {
    const empty = await answered(sending(500, [['www-authenticate', 'Basic realm="mlflow"']], ''));
    expect(empty).toMatchObject({ failureMode: 'server-error', answeredBy: 'mlflow' satisfies Answerer, cause: null });
  });
});

describe('the dependencies that a health route names', () => {
  const health = async (body: object, status = 200): Promise<Outcome> =>
    answered(sending(status, [...uvicorn, ...json], JSON.stringify(body)), 0);

  it('have their states, unhealthy ones first, in every format', async () => {
    const { dependencies, cause, evidence } = await health({
      status: 'degraded',
      version: '1.0',
      database: 'connected',
      services: { mlflow: { status: 'ok' }, redis: { status: 'down', latency: 3 } },
      checks: [{ name: 'kafka', healthy: true }],
    });
    expect(dependencies).toEqual<readonly Dependency[]>([
      { name: 'redis', state: 'unhealthy' },
      { name: 'database', state: 'healthy' },
      { name: 'mlflow', state: 'healthy' },
      { name: 'kafka', state: 'healthy' },
    ]);
    expect(cause).toBe('names-redis');
    expect(evidence.summary).toBe('200 by the application: says degraded, because of redis');
  });

  it('are found on a healthy route too, and when the status reports the failure', async () => {
    expect(await health({ status: 'healthy', redis: 'up' })).toMatchObject({
      status: 'pass',
      dependencies: [{ name: 'redis', state: 'healthy' }],
    });
    expect(await health({ status: 'unhealthy', auth: 'timeout' }, 503)).toMatchObject({
      status: 'fail',
      cause: 'names-auth',
      dependencies: [{ name: 'auth', state: 'unhealthy' }],
    });
  });

  it('cannot be forged by a name that reads like our own sentence', async () => {
    const { cause } = await health({ status: 'down', 'x, because of redis': 'down', kafka: 'down' });
    expect(cause).toBeNull();
    expect(await health({ status: 'down', 'kafka, storage': 'down' })).toMatchObject({ cause: 'names-another' });
  });

  it('are few, short and free of the key', async () => {
    const names = [testKey, ...Array.from({ length: 500 }, (_, at) => `${'n'.repeat(400)}${at}`)];
    const { dependencies } = await health({
      status: 'down',
      ...Object.fromEntries(names.map((name) => [name, 'down'])),
    });
    expect(dependencies.length).toBe(12);
    expect(Math.max(...dependencies.map(({ name }) => name.length))).toBe(60);
    expect(JSON.stringify(dependencies)).not.toContain(testKey.slice(8));
  });
});

it('the marks of the sender stay short, however long its headers are', async () => {
  const long = Array.from({ length: 200 }, (_, index) => `word-${'x'.repeat(index % 30)}`).join(' ');
  const headers: Sent = [
    ['server', long],
    ['content-type', `application/${'x'.repeat(5_000)}`],
  ];
  const { marks } = await answered(sending(500, headers, 'broken'));

  expect(marks?.server.length).toBeLessThanOrEqual(250);
  expect(marks?.type.length).toBeLessThanOrEqual(250);
});

describe('the fingerprint of a response', () => {
  const print = async (headers: Sent, body: string, status = 401): Promise<string | null> =>
    (await answered(sending(status, headers, body))).fingerprint;

  const refusal = (id: number): Sent => [
    ['date', `Fri, 27 Nov 2026 10:00:0${id} GMT`],
    ['server', `uvicorn/0.3${id}`],
    ['x-request-id', `${id}`.repeat(8)],
    ...(id === 2 ? ([['set-cookie', 'session=2']] as const) : []),
    ['content-type', 'application/json'],
  ];
  const said = (id: number): string => JSON.stringify({ detail: `Refused, request ${id}`, code: id });

  it('is the same for the same sender, whatever the text, time or target', async () => {
    const prints = [
      await print(refusal(1), said(1)),
      await print(refusal(2), said(2)),
      await print(refusal(3), said(3).padEnd(5_000), 403),
    ];
    expect(prints[0]).toMatch(/^[0-9a-f]{12}$/);
    expect(new Set(prints).size).toBe(1);
  });

  it.each<{ readonly title: string; readonly headers: Sent; readonly body: string }>([
    {
      title: 'two server headers',
      headers: [...refusal(1).slice(0, 1), ['server', 'uvicorn'], ['server', 'uvicorn'], ...refusal(1).slice(2)],
      body: said(1),
    },
    { title: 'headers in another order', headers: refusal(1).toReversed(), body: said(1) },
    { title: 'one more header', headers: [...refusal(1), ['x-frame-options', 'SAMEORIGIN']], body: said(1) },
    {
      title: 'another server',
      headers: refusal(1).map(([name, value]) => [name, name === 'server' ? 'nginx' : value]),
      body: said(1),
    },
    { title: 'other keys', headers: refusal(1), body: '{"message":"Refused"}' },
    { title: 'a list', headers: refusal(1), body: '[]' },
    { title: 'a page', headers: refusal(1), body: '<html></html>' },
    { title: 'a text', headers: refusal(1), body: 'Refused' },
    {
      title: 'another media type',
      headers: refusal(1).map(([name, value]) => [name, name === 'content-type' ? 'application/problem+json' : value]),
      body: said(1),
    },
  ])('differs for another sender: $title', async ({ headers, body }) => {
    expect(await print(headers, body)).not.toBe(await print(refusal(1), said(1)));
  });

  it('holds nothing of a key that is echoed, wherever it is echoed', async () => {
    const other = 'hk_test_zyxwvutsrqponmlkjihgfedc';
    const echoing = (key: string) =>
      print([...refusal(1), [key, key], ['server', key]], JSON.stringify({ [key]: key }));
    expect(await echoing(testKey)).toBe(await echoing(other));
  });
});
