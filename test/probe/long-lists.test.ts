import { createServer, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HttpTarget } from '../../src/model/target.ts';
import { httpTarget, outcomeWith, testLimits, toolsWith, toPort, whileListening } from '../support/probing.ts';

/** What other people store: an experiment with many tags of the longest allowed value. */
const list = JSON.stringify({
  experiments: [
    { name: 'foreign', tags: Array.from({ length: 100 }, (_, n) => ({ key: `t${n}`, value: 'x'.repeat(5_000) })) },
  ],
});
const read = { status: [200], body: { kind: 'list', of: 'experiments' } } as const;

const probed = (answer: (response: ServerResponse) => void, changes: Partial<HttpTarget> = {}) => {
  const server = createServer((_, response) => answer(response.setHeader('content-type', 'application/json')));
  const target = httpTarget({ url: 'http://host.test/', expect: read, ...changes });
  return whileListening(server, (port) => outcomeWith(target, toolsWith({ connectTo: toPort(port) })));
};

describe('a list with more foreign data than a response may have', () => {
  it('is longer than the limit', () => {
    expect(list.length).toBeGreaterThan(testLimits.bodyBytes);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['with its length', (response) => response.setHeader('content-length', list.length).end(list)],
    ['in chunks', (response) => void response.write(list, () => response.end())],
    ['compressed', (response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(list))],
  ])('does not fail a read: %s', async (_, answer) => {
    const { status, failureMode, evidence } = await probed(answer);
    expect([status, failureMode]).toEqual(['degraded', 'response-too-large']);
    expect(evidence.summary).toContain('more than 262144 bytes');
  });

  it('does not hide a request without a valid key that is let in', async () => {
    const { status, failureMode } = await probed((response) => response.end(list), {
      auth: 'bearer-made-up',
      expect: { status: [401], body: { kind: 'any' }, guards: read.body },
    });
    expect([status, failureMode]).toEqual(['fail', 'auth-bypassed']);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['a page', (response) => response.setHeader('content-type', 'text/html').end(list)],
    ['an error', (response) => response.writeHead(500).end(list)],
  ])('is not %s of that length', async (_, answer) => {
    expect((await probed(answer)).status).toBe('fail');
  });
});
