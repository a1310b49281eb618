import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/classify/outcome.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import type { Attempted } from '../../src/model/observation.ts';
import type { BodyExpectation, HttpTarget } from '../../src/model/target.ts';
import { adversariesOf } from '../patterns/adversaries.ts';
import { costRatio } from '../patterns/cost.ts';
import { findPatterns } from '../patterns/literals.ts';
import { httpTarget } from '../support/probing.ts';

/** Times as long as reading the body once: today's worst takes 60, what grows with the square takes thousands. */
const ratioLimit = 600;

const KiB = 1024;

const observed = (status: number, headers: Readonly<Record<string, string>>, body: string): Attempted => ({
  kind: 'attempted',
  target: 'test.target',
  startedAt: 0,
  timingsMs: { resolve: 1, connect: 1, tls: 1, processing: 1, transfer: 1, total: 5 },
  loopLateMs: 0,
  traceId: '',
  resolution: null,
  connects: [],
  addresses: [],
  address: null,
  tls: null,
  redirects: [],
  response: { status, headers, headerOrder: Object.keys(headers).join(' '), body, bytes: body.length },
  failure: null,
});

interface Case {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly target: HttpTarget;
}

const expecting = (body: BodyExpectation, guards?: BodyExpectation): HttpTarget =>
  httpTarget({ expect: { status: [200], body, ...(guards === undefined ? {} : { guards }) } });

const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json', server: 'uvicorn' };

/** Each way through classification that reads a body. */
const cases: readonly Case[] = [
  { status: 503, headers: {}, target: expecting({ kind: 'health' }) },
  { status: 500, headers: html, target: expecting({ kind: 'health' }) },
  {
    status: 401,
    headers: json,
    target: expecting({ kind: 'list', of: 'experiments' }, { kind: 'list', of: 'experiments' }),
  },
  { status: 200, headers: json, target: expecting({ kind: 'health' }) },
  { status: 200, headers: html, target: expecting({ kind: 'html', contains: 'MLflow' }) },
  { status: 200, headers: {}, target: expecting({ kind: 'version' }) },
  { status: 503, headers: { server: 'awselb/2.0' }, target: expecting({ kind: 'any' }) },
  { status: 200, headers: { server: 'cloudflare' }, target: expecting({ kind: 'key-accepted' }) },
];

const overLimit = (name: string, body: string): readonly string[] =>
  cases.flatMap(({ status, headers, target }) => {
    const ratio = costRatio(body, ratioLimit, () =>
      outcomeOf(target, [observed(status, headers, body)], defaultLimits),
    );
    return ratio > ratioLimit ? [`${name}, ${status}, ${target.expect.body.kind}: ${Math.round(ratio)} times`] : [];
  });

/** A body of so many bytes, of JSON that is hard to read. */
const hardJson: Readonly<Record<string, (bytes: number) => string>> = {
  'arrays in arrays': (bytes) => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2),
  'objects in objects': (bytes) => `${'{"detail":'.repeat(bytes / 12)}1${'}'.repeat(bytes / 12)}`,
  'objects without an end': (bytes) => '{"status":'.repeat(bytes / 10),
  'many names': (bytes) =>
    `{${Array.from({ length: bytes / 10 }, (_, n) => `"${String(n).padStart(5, 'k')}":1`).join()}}`,
  'numbers for names': (bytes) => `{${Array.from({ length: bytes / 12 }, (_, n) => `"${n * 1024}":1`).join()}}`,
  'one name again and again': (bytes) =>
    `{${Array(Math.floor(bytes / 17))
      .fill('"status":"down"')
      .join()}}`,
  'many dependencies': (bytes) =>
    `{"status":"down","checks":{${Array.from({ length: bytes / 24 }, (_, n) => `"${String(n).padStart(6, '_')}":"failed"`).join()}}}`,
  'many components': (bytes) =>
    `{"status":"down","components":[${Array(Math.floor(bytes / 22))
      .fill('{"name":1,"ok":false}')
      .join()}]}`,
  'a long number': (bytes) => '1'.repeat(bytes),
  'a long fraction': (bytes) => `0.${'0'.repeat(bytes - 3)}1`,
  'a long string of escapes': (bytes) => `{"detail":"${'\\"'.repeat(bytes / 2 - 8)}"}`,
  'a long status': (bytes) => `{"status":"down${' '.repeat(bytes - 16)}"}`,
  'backslashes without an end': (bytes) => `"${'\\'.repeat(bytes)}`,
  'white space': (bytes) => ' '.repeat(bytes),
};

describe('one body is judged in linear time for every target', { timeout: 300_000 }, () => {
  it.each(Object.entries(hardJson))('%s', (_, make) => {
    expect([64, 256].flatMap((size) => overLimit(`${size} KiB`, make(size * KiB)))).toEqual([]);
  });

  it('texts that are hard for the expressions that search them', () => {
    const looking = findPatterns().literals.filter(({ name }) => name.startsWith('classify/'));
    const texts = new Set(looking.flatMap(({ source, flags }) => adversariesOf(source, flags, 64 * KiB)));
    expect(texts.size).toBeGreaterThan(500);
    expect([...texts].flatMap((text) => overLimit(JSON.stringify(text.slice(0, 40)), text))).toEqual([]);
  });
});

describe('the outcome of a hostile body', () => {
  it.each(Object.entries(hardJson))('stays short enough to read: %s', (_, make) => {
    for (const { status, headers, target } of cases) {
      const { summary, version } = outcomeOf(
        target,
        [observed(status, headers, make(64 * KiB))],
        defaultLimits,
      ).evidence;
      expect(summary.length).toBeLessThan(2_100);
      expect((version ?? '').length).toBeLessThanOrEqual(100);
    }
  });

  it('reports JSON that is too deeply nested', () => {
    const deep = observed(200, json, '['.repeat(5_000) + ']'.repeat(5_000));
    expect(outcomeOf(expecting({ kind: 'json' }), [deep], defaultLimits)).toMatchObject({
      status: 'fail',
      failureMode: 'unexpected-body',
      answeredBy: 'application',
      evidence: { summary: '200 by the application: the JSON is nested more than 64 levels deep' },
    });
  });

  it('finds a cause behind 200 KB of other text', () => {
    const trace = '  File "/app/mlflow/server.py", line 12, in handle\n'.repeat(4_000);
    const body = `<html><style>${'a{}'.repeat(5_000)}</style><pre>${trace}(psycopg2.OperationalError) FATAL: too many clients</pre>`;
    expect(body.length).toBeGreaterThan(200_000);
    expect(outcomeOf(expecting({ kind: 'json' }), [observed(500, {}, body)], defaultLimits).failureMode).toBe(
      'database-error',
    );
    const silent = `${trace}the authentication service did not answer: request timed out`;
    expect(outcomeOf(expecting({ kind: 'json' }), [observed(503, {}, silent)], defaultLimits).failureMode).toBe(
      'auth-unavailable',
    );
  });
});
