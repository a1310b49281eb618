import { createServer, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/model/observation.ts';
import type { HttpTarget } from '../../src/model/target.ts';
import { probe } from '../../src/probe/probe.ts';
import { prober } from '../../src/version.ts';
import { httpTarget, testKey, toolsWith, toPort, whileListening } from '../support/probing.ts';

/** What a server sees of one request. */
const request = async (
  changes: Partial<HttpTarget> = {},
): Promise<{ readonly seen: IncomingMessage; readonly body: string; readonly observation: Observation }> => {
  let seen: IncomingMessage | undefined;
  let body = '';
  const server = createServer((incoming, response) => {
    seen = incoming;
    incoming.on('data', (chunk) => {
      body += chunk;
    });
    incoming.on('end', () => response.end('{}'));
  });
  const observation = await whileListening(server, (port) =>
    probe(httpTarget({ url: 'http://host.test/path?q=1', ...changes }), toolsWith({ connectTo: toPort(port) })),
  );
  if (seen === undefined) throw new Error('nothing was asked');
  return { seen, body, observation };
};

describe('a request', () => {
  it("identifies the prober, and carries a trace id for the platform's logs", async () => {
    const { seen, observation } = await request();
    expect(seen.headers['user-agent']).toContain(prober.name);
    const [, traceId = ''] = /^00-([0-9a-f]{32})-[0-9a-f]{16}-01$/.exec(String(seen.headers['traceparent'])) ?? [];
    expect(traceId).not.toBe('');
    expect(seen.headers['x-amzn-trace-id']).toBe(`Root=1-${traceId.slice(0, 8)}-${traceId.slice(8)}`);
    expect(observation).toMatchObject({ traceId });
  });

  it('names its own host, wherever it is connected to', async () => {
    const { seen } = await request();
    expect(seen.headers.host).toBe('host.test');
    expect(seen.url).toBe('/path?q=1');
  });

  it('carries the method, headers and body of its target', async () => {
    const { seen, body } = await request({
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect(seen.method).toBe('POST');
    expect(seen.headers['content-type']).toBe('application/json');
    expect(body).toBe('{"a":1}');
  });

  it('never carries the key over plain http', async () => {
    for (const auth of ['bearer', 'x-api-key'] as const) {
      const { seen } = await request({ auth });
      expect(JSON.stringify(seen.rawHeaders)).not.toContain(testKey);
    }
  });
});
