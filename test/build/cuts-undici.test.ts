import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadInputs } from '../../src/cli/inputs.ts';
import { runCycle } from '../../src/cycle/run-cycle.ts';
import type { Outcome, Report } from '../../src/model/report.ts';
import { plainRogue, type Rogue, type RogueName, rogues } from '../../src/sandbox/network/rogues.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';
import { cli } from '../support/cli.ts';
import { onlyTargets } from '../support/one-server.ts';

/** Answers with these bytes when the request has begun to arrive. */
const saying =
  (bytes: string | Buffer): Rogue =>
  (socket) => {
    socket.once('data', () => socket.end(bytes));
  };

const gzipped = gzipSync('{"status":"healthy"}');

/** Answers by the letter of HTTP/1.1, odd ones and wrong ones: what the parser and the client make of each must not change. */
const answers: Readonly<Record<string, string | Buffer>> = {
  'a-length': 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
  'chunks-and-trailers':
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n1;a=b\r\no\r\n1\r\nk\r\n0\r\nx-sum: 1\r\n\r\n',
  'until-it-closes': 'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nok',
  'the-older-protocol': 'HTTP/1.0 200 OK\r\n\r\nok',
  'no-content': 'HTTP/1.1 204 No Content\r\n\r\n',
  'not-modified': 'HTTP/1.1 304 Not Modified\r\ncontent-length: 10\r\n\r\n',
  'early-hints': 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
  'a-redirect': 'HTTP/1.1 302 Found\r\nlocation: https://elsewhere.test/\r\ncontent-length: 0\r\n\r\n',
  'same-headers':
    'HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nset-cookie: b=2\r\nserver: x\r\nserver: y\r\ncontent-length: 2\r\n\r\nok',
  'latin-1-headers': Buffer.from('HTTP/1.1 200 OK\r\nserver: caf\xe9\r\ncontent-length: 2\r\n\r\nok', 'latin1'),
  'odd-status': 'HTTP/1.1 299 Whatever It Is\r\ncontent-length: 2\r\n\r\nok',
  'no-reason': 'HTTP/1.1 503\r\ncontent-length: 4\r\n\r\nbusy',
  gzip: Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${gzipped.length}\r\n\r\n`),
    gzipped,
  ]),
  'two-lengths': 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nokk',
  'length-and-chunks': 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
  'a-length-that-is-none': 'HTTP/1.1 200 OK\r\ncontent-length: two\r\n\r\nok',
  'a-negative-length': 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nok',
  'a-giant-length': 'HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\nok',
  'more-than-its-length': 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nokok',
  'a-folded-header': 'HTTP/1.1 200 OK\r\nserver: a\r\n b\r\ncontent-length: 2\r\n\r\nok',
  'a-blank-before-the-colon': 'HTTP/1.1 200 OK\r\nserver : a\r\ncontent-length: 2\r\n\r\nok',
  'bare-line-feeds': 'HTTP/1.1 200 OK\ncontent-length: 2\n\nok',
  'another-version': 'HTTP/3.7 200 OK\r\ncontent-length: 2\r\n\r\nok',
  'a-status-of-four-digits': 'HTTP/1.1 2000 OK\r\ncontent-length: 2\r\n\r\nok',
  'the-preface-of-http-2': Buffer.from('000000040000000000', 'hex'),
  'a-bad-chunk-extension': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;\0\r\nok\r\n0\r\n\r\n',
  'only-a-status': 'HTTP/1.1 200 OK\r\n',
  'nothing-but-blank-lines': '\r\n\r\n\r\n',
};

/** Those that only a limit of time or size ends have no part in this. */
const byLimit: ReadonlySet<RogueName> = new Set([
  'drips-its-body',
  'drips-its-head',
  'never-ends-its-body',
  'announces-a-giant',
  'never-ends-its-headers',
  'never-ends-its-status-line',
  'sends-a-gzip-bomb',
  'sends-a-brotli-bomb',
  'hangs',
]);

const misbehaving: Readonly<Record<string, Rogue>> = {
  ...Object.fromEntries(Object.entries(answers).map(([name, bytes]) => [name, saying(bytes)])),
  ...Object.fromEntries(Object.entries(rogues).filter(([name]) => !byLimit.has(name as RogueName))),
};

const requests = {
  get: {},
  head: { method: 'HEAD' },
  post: { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'caf\u00e9 \u{1F600}' },
  options: { method: 'OPTIONS' },
} as const;

/** What was made of an answer, but for what differs from run to run. */
const made = ({ outcomes }: Report): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    outcomes.map(({ target, attempts, ...outcome }: Outcome) => {
      const { status, failureMode, phase, hop, answeredBy, httpStatus, evidence } = outcome;
      const { summary, code, body, headers, redirects, version } = evidence;
      return [
        target,
        {
          ...{ status, failureMode, phase, hop, answeredBy, httpStatus, attempts: attempts.length },
          ...{ summary: summary.replace(/\d+ ms/g, '… ms'), code, body, headers, redirects, version },
        },
      ];
    }),
  );

describe('HTTP in the shipped command line', () => {
  let folder: string;
  const servers: Server[] = [];
  let shipped: Readonly<Record<string, unknown>>;
  let written: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    const connectTo: string[] = [];
    const targets: Record<string, object> = {};
    for (const [name, rogue] of Object.entries(misbehaving)) {
      const server = plainRogue(rogue);
      servers.push(server);
      await listen(server, 0, '127.0.0.1');
      connectTo.push(`${name}.test:80:127.0.0.1:${(server.address() as AddressInfo).port}`);
      targets[`my.${name}`] = { url: `http://${name}.test/path`, expect: { contains: 'ok' } };
    }
    for (const [name, request] of Object.entries(requests))
      targets[`my.request-${name}`] = { url: `http://a-length.test/${name}`, ...request };
    const config = join(folder, 'synthetics.json');
    await writeFile(
      config,
      JSON.stringify({
        ...{ environment: 'test', credentials: { apiKey: 'none' }, registration: { enabled: false } },
        ...{ network: { connectTo }, limits: { confirmPauseMs: 0, concurrency: 4 }, targets: onlyTargets(targets) },
      }),
    );
    const inputs = await loadInputs({ configuration: config, targets: [], baseline: null });
    written = made(await runCycle({ ...inputs, deadlineMs: inputs.settings.limits.deadlineMs }));
    const { stdout, stderr } = await cli(['check', '--config', config, '--format', 'json'], {
      XDG_STATE_HOME: folder,
    });
    expect(stderr).toBe('');
    shipped = made(JSON.parse(stdout) as Report);
  });
  afterAll(async () => {
    await Promise.all(servers.map(closeServer));
    await rm(folder, { recursive: true, force: true });
  });

  test.each([...Object.keys(misbehaving), ...Object.keys(requests).map((name) => `request-${name}`)])(
    'reads a response as the whole of undici does: %s',
    (name) => {
      expect(written[`my.${name}`]).toBeDefined();
      expect(shipped[`my.${name}`]).toEqual(written[`my.${name}`]);
    },
  );

  test('meets many kinds of responses, so that the tests above can fail', () => {
    const modes = Object.values(written).map((one) => (one as Outcome).failureMode);

    expect(modes.filter((mode) => mode === null).length).toBeGreaterThan(10);
    expect(new Set(modes).size).toBeGreaterThan(5);
  });
});
