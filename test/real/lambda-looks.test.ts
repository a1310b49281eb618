import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { State } from '../../src/incidents/state.ts';
import { startFunction } from '../setup/lambda-function.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { copyFunction } from '../support/built.ts';

const table = 'hokusai-synthetics';
/** Room for looks at 5, 10 and 15 s. */
const timeoutMs = 20_000;

interface Asked {
  readonly path: string;
  readonly at: number;
  readonly status: number;
}

describeWith('moto', 'the function looks again while something fails', () => {
  const runtime = inject('lambdaRuntime');
  let folder: string;
  let moto: Moto;
  let platform: Server;
  let configuration: string;
  const asked: Asked[] = [];
  const of = (path: string): readonly Asked[] => asked.filter((one) => one.path === path);

  /** Repaired after the first look, whenever that is: a cycle and a look ask twice each. */
  const statusOf = (path: string): number => (path !== '/ok' && of('/a').length < 4 ? 500 : 200);

  const aws = () => ({
    endpoint: moto.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  });

  const stored = async (): Promise<State> => {
    const Key = { environment: { S: 'looks' } };
    const { Item } = await new DynamoDBClient(aws()).send(new GetItemCommand({ TableName: table, Key }));
    return JSON.parse(Item?.['state']?.S ?? 'null');
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'looks-function-'));
    await copyFunction('probe', folder);
    moto = await startMoto();
    platform = createServer(({ url: path = '' }, response) => {
      const status = statusOf(path);
      asked.push({ path, at: Date.now(), status });
      response.writeHead(status).end('fine');
    }).listen(0, '127.0.0.1');
    await once(platform, 'listening');
    const at = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`;
    const own = (path: string, more: object = {}) => ({ url: `${at}${path}`, auth: 'none', ...more });
    configuration = JSON.stringify({
      environment: 'looks',
      credentials: { apiKey: 'none' },
      registration: { enabled: false },
      metrics: { enabled: false },
      limits: { slowMs: 30_000 },
      incidents: { open: { failures: 1, of: 1 }, resolveAfter: 1, recheckEvery: '5s' },
      targets: {
        only: ['my.a', 'my.deep', 'my.ok'],
        'my.a': own('/a'),
        // Like a health route that may block the platform: it waits for another request.
        'my.deep': own('/health', { after: ['my.ok'] }),
        'my.ok': own('/ok'),
      },
    });
    await new DynamoDBClient(aws()).send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'environment', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'environment', AttributeType: 'S' }],
      }),
    );
  });
  afterAll(async () => {
    platform.closeAllConnections();
    platform.close();
    await moto.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('so an outage ends when a look saw it end, not when the next cycle did', async () => {
    const probe = await startFunction(runtime, folder, {
      AWS_ENDPOINT_URL: moto.endpoint,
      SYNTHETICS_CONFIG: configuration,
      SYNTHETICS_STATE_TABLE: table,
      SYNTHETICS_RECHECK_HOURS: '24',
    });
    try {
      expect(await probe.invoke({}, timeoutMs), probe.log()).toMatchObject({ value: { verdict: 'failing' } });
      const [health, ok] = [of('/health').length, of('/ok').length];
      const incident = (await stored()).tracked[0];
      // A look neither resolves anything nor sends a message.
      expect(incident).toMatchObject({ view: { resolvedAt: null }, absentSince: expect.any(String) });
      expect((await stored()).looks?.cycles).toBe(1);
      expect(probe.log()).toContain('passes again');
      // Once by the cycle, and again because it failed; looks leave it alone, and what passes.
      expect([health, ok]).toEqual([2, 1]);

      const secondAt = Date.now();
      expect(await probe.invoke({}, timeoutMs)).toMatchObject({ value: { verdict: 'healthy', incidents: [] } });
      const resolvedMs = Date.parse((await stored()).tracked[0]?.view.resolvedAt ?? '');
      const lastFailure = of('/a').findLast(({ status }) => status === 500)?.at ?? 0;
      const firstPass = of('/a').find(({ status }) => status === 200)?.at ?? 0;
      expect(resolvedMs).toBeGreaterThanOrEqual(lastFailure);
      expect(resolvedMs).toBeLessThanOrEqual(firstPass);
      expect(firstPass).toBeLessThan(secondAt);
      // Nothing fails and no incident is open, so nothing is looked at, and nothing is counted.
      expect((await stored()).looks?.cycles).toBe(1);
    } finally {
      await probe.close();
    }
  }, 120_000);
});
