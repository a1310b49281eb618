import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/report.ts';
import type { HttpExpectation } from '../../src/model/target.ts';
import { probe } from '../../src/probe/probe.ts';
import { httpTarget, outcomeWith, testKey, toolsWith, toPort, whileListening } from '../support/probing.ts';

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const answering = ({ status = 200, headers = {}, body = '{}' }: Answer) =>
  createServer((_, response) => response.writeHead(status, headers).end(body));

const outcomeOf = (answer: Answer, expect: HttpExpectation, url = 'http://host.test/path'): Promise<Outcome> =>
  whileListening(answering(answer), (port) =>
    outcomeWith(httpTarget({ url, expect }), toolsWith({ connectTo: toPort(port) })),
  );

describe('a response that is too long for a report', () => {
  it('is judged by all its headers', async () => {
    const allowed = `${'x-other, '.repeat(3_000)}x-api-key`;
    const headers = {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': allowed,
    };
    const preflight = { origin: 'https://hokus.ai', method: 'GET', headers: ['x-api-key'] };
    const expected: HttpExpectation = { status: [200], body: { kind: 'any' }, preflight };
    expect(await outcomeOf({ headers }, expected)).toMatchObject({ status: 'pass' });
    const without = { ...headers, 'access-control-allow-headers': allowed.slice(0, -1) };
    expect(await outcomeOf({ headers: without }, expected)).toMatchObject({ failureMode: 'cors-rejected' });
  });

  it('is judged by its whole body', async () => {
    const filling = 'x'.repeat(200_000);
    const body = JSON.stringify({ filling, status: 'unhealthy', redis: { status: 'down' } });
    const outcome = await outcomeOf({ body }, { status: [200], body: { kind: 'health' } });
    expect(outcome).toMatchObject({ failureMode: 'dependency-unhealthy' });
    expect(outcome.evidence.summary).toContain('redis');
    expect(outcome.evidence.body).toMatch(/^\{"filling":"x+… 199,\d{3} more$/);
  });

  it('counts for the awaited version, however long its name is', async () => {
    const version = `1.0.${'9'.repeat(1_000)}`;
    const body = JSON.stringify({ status: 'ok', version });
    const expected = (wanted: string): HttpExpectation => ({
      status: [200],
      body: { kind: 'health' },
      version: wanted,
    });
    expect(await outcomeOf({ body }, expected(version))).toMatchObject({ status: 'pass' });
    expect(await outcomeOf({ body }, expected(`${version.slice(0, -1)}8`))).toMatchObject({
      failureMode: 'unexpected-version',
    });
  });

  it('is followed to its whole Location', async () => {
    const expected: HttpExpectation = { status: ['3xx'], body: { kind: 'any' }, redirectToHttps: true };
    const to = (location: string): Promise<Outcome> =>
      outcomeOf({ status: 301, headers: { location } }, expected, 'http://host.test/path');
    expect(await to(`https://host.test/path#${'x'.repeat(50_000)}`)).toMatchObject({ status: 'pass' });
    const path = 'p'.repeat(2_000);
    const long = await outcomeOf(
      { status: 301, headers: { location: `https://host.test/${path}` } },
      expected,
      `http://host.test/${path}`,
    );
    expect(long).toMatchObject({ status: 'pass' });
    expect(long.evidence.redirects[0]?.location).toMatch(/^https:\/\/host\.test\/p+… 1,\d{3} more$/);
    expect(await to(`https://host.test/path${'x'.repeat(50_000)}`)).toMatchObject({
      failureMode: 'redirect-unexpected',
    });
  });
});

describe('unknown response headers', () => {
  it('are dropped on arrival, because a header name can hold a secret', async () => {
    const headers = {
      Server: 'uvicorn',
      'Content-Type': 'application/json',
      'Set-Cookie': 'session=s3cr3t',
      [`x-${testKey}`]: testKey,
      Authorization: 'anything',
    };
    const observation = await whileListening(answering({ headers }), (port) =>
      probe(httpTarget({ url: 'http://host.test/' }), toolsWith({ connectTo: toPort(port) })),
    );
    expect(observation.kind === 'attempted' && observation.response?.headers).toEqual({
      server: 'uvicorn',
      'content-type': 'application/json',
    });
  });
});
