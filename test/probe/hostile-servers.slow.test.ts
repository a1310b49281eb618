import { createServer as createHttpServer } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Limits } from '../../src/model/limits.ts';
import { Authority, type Certificate } from '../../src/sandbox/network/certificates.ts';
import { plainRogue, type RogueName, rogues, tlsRogue } from '../../src/sandbox/network/rogues.ts';
import { httpTarget, outcomeWith, testLimits, toolsWith, toPort, whileListening } from '../support/probing.ts';

/** What each misbehaviour of a server is called. */
const expected: Readonly<Record<RogueName, FailureMode>> = {
  hangs: 'response-timeout',
  'closes-without-answer': 'connection-closed',
  'resets-on-request': 'connection-closed',
  'speaks-garbage': 'response-malformed',
  'breaks-off-mid-body': 'response-truncated',
  'resets-mid-body': 'response-truncated',
  'breaks-off-mid-chunks': 'response-truncated',
  'breaks-chunking': 'response-malformed',
  'drips-its-body': 'transfer-timeout',
  'drips-its-head': 'transfer-timeout',
  'never-ends-its-body': 'response-too-large',
  'announces-a-giant': 'response-too-large',
  'never-ends-its-headers': 'response-too-large',
  'never-ends-its-status-line': 'transfer-timeout',
  'floods-interim-answers': 'response-malformed',
  'continues-forever': 'response-malformed',
  'switches-protocols': 'response-malformed',
  // The header is read without it, as curl reads it.
  'puts-a-nul-in-a-header': 'unexpected-body',
  'sends-broken-gzip': 'response-malformed',
  'cuts-its-gzip': 'response-truncated',
  'sends-a-gzip-bomb': 'response-too-large',
  'sends-a-brotli-bomb': 'response-too-large',
  'names-an-unknown-encoding': 'unexpected-body',
  'shows-a-login-page': 'unexpected-answerer',
  'answers-empty': 'unexpected-body',
};

/** Only what ends by a time limit meets one: everything else has all the time that a busy machine takes. */
const limitsOf = (name: RogueName): Limits =>
  expected[name].endsWith('-timeout') ? testLimits : { ...testLimits, transferMs: 20_000, totalMs: 25_000 };

const names = Object.keys(expected) as readonly RogueName[];

/** What a probe may hold on to, at the most: its own limits, and the buffers of a socket. */
const memoryLimitBytes = 48 * 1024 * 1024;

let authority: Authority;
let certificate: Certificate;

beforeAll(async () => {
  authority = await Authority.create();
  certificate = await authority.issue({ names: ['host.test'] });
});

describe('a misbehaving server is reported by its behaviour, within its limit', () => {
  it.each(names)('over TLS: %s', async (name) => {
    const outcome = await whileListening(tlsRogue(rogues[name], certificate), (port) =>
      outcomeWith(
        httpTarget({ timeoutMs: limitsOf(name).totalMs }),
        toolsWith({ ca: authority.rootPem, connectTo: toPort(port) }),
      ),
    );
    expect(outcome).toMatchObject({ status: 'fail', failureMode: expected[name] });
  });

  it.each(names)('over plain TCP: %s', async (name) => {
    const outcome = await whileListening(plainRogue(rogues[name]), (port) =>
      outcomeWith(
        httpTarget({ url: 'http://host.test/path', timeoutMs: limitsOf(name).totalMs }),
        toolsWith({ connectTo: toPort(port), limits: limitsOf(name) }),
      ),
    );
    expect(outcome).toMatchObject({ status: 'fail', failureMode: expected[name] });
  });
});

describe('a hostile server', () => {
  it("does not grow the prober's memory, however much it sends", async () => {
    const floods: readonly RogueName[] = [
      'never-ends-its-body',
      'announces-a-giant',
      'never-ends-its-headers',
      'floods-interim-answers',
      'sends-a-gzip-bomb',
    ];
    // The bombs themselves are made in this process: once before, so that they do not count.
    const flood = async (name: RogueName): Promise<unknown> =>
      whileListening(plainRogue(rogues[name]), (port) =>
        outcomeWith(
          httpTarget({ url: 'http://host.test/', timeoutMs: limitsOf(name).totalMs }),
          toolsWith({ connectTo: toPort(port), limits: limitsOf(name) }),
        ),
      );
    for (const name of floods) await flood(name);
    const before = process.memoryUsage();
    for (let i = 0; i < 5; i += 1) for (const name of floods) await flood(name);
    const after = process.memoryUsage();
    expect(after.external + after.arrayBuffers - before.external - before.arrayBuffers).toBeLessThan(memoryLimitBytes);
  });

  it('does not change the outcomes of other targets', async () => {
    const healthy = createHttpServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"status":"healthy"}');
    });
    const outcomes = await whileListening(healthy, (goodPort) =>
      whileListening(plainRogue(rogues['never-ends-its-body']), (badPort) => {
        const limits = limitsOf('never-ends-its-body');
        const tools = toolsWith({
          limits,
          connectTo: [
            { fromHost: 'bad.test', fromPort: null, toHost: '127.0.0.1', toPort: badPort },
            { fromHost: 'good.test', fromPort: null, toHost: '127.0.0.1', toPort: goodPort },
          ],
        });
        return Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            outcomeWith(
              httpTarget({ url: `http://${i % 2 === 0 ? 'good' : 'bad'}.test/`, timeoutMs: limits.totalMs }),
              tools,
            ),
          ),
        );
      }),
    );
    expect(outcomes.filter((_, i) => i % 2 === 0).map(({ status }) => status)).toEqual(Array(10).fill('pass'));
    expect(outcomes.filter((_, i) => i % 2 === 1).map(({ failureMode }) => failureMode)).toEqual(
      Array(10).fill('response-too-large'),
    );
  });
});
