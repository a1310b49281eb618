import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { type CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lambdaAwsConfig } from '../../src/aws/lambda-config.ts';
import { createMetricsClient } from '../../src/aws/metrics-client.ts';
import type { MetricDatum } from '../../src/metrics/catalogue.ts';
import { emfLines } from '../../src/metrics/emf.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import { type Published, publishMetrics } from '../../src/metrics/publish.ts';
import { outcome, report } from '../metrics/reports.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';

const namespace = 'Hokusai/Synthetics';
const minuteMs = 60_000;
const thisMinute = Math.floor(Date.now() / minuteMs) * minuteMs;

const cycle = report(
  [
    outcome('registry.health', 'pass', { totalMs: 80, daysLeft: 60 }),
    outcome('registry.root', 'pass', { totalMs: 120 }),
    outcome('registry.mlflow-ui', 'fail', { failureMode: 'lb-no-target', totalMs: 100 }),
    outcome('auth.health', 'pass', { totalMs: 20 }),
    outcome('api.health', 'inconclusive', { failureMode: 'deadline-exceeded' }),
  ],
  { startedAt: new Date(thisMinute).toISOString() },
);

const clientFor = (endpoint: string): CloudWatchClient =>
  createMetricsClient({
    ...lambdaAwsConfig,
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  });

interface Attempt {
  readonly published: Published;
  /** What went to the log instead. */
  readonly lines: readonly string[];
}

const publish = async (
  client: CloudWatchClient,
  data: readonly MetricDatum[],
  timeLimitMs = 5_000,
): Promise<Attempt> => {
  const lines: string[] = [];
  const published = await publishMetrics(data, {
    client,
    namespace,
    signal: AbortSignal.timeout(timeLimitMs),
    onFallback: (refused) => void lines.push(...emfLines(namespace, refused)),
  });
  return { published, lines };
};

const listen = async (answer: RequestListener): Promise<{ readonly server: Server; readonly endpoint: string }> => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

describeWith('moto', 'with CloudWatch at hand', () => {
  let moto: Moto;
  let client: CloudWatchClient;
  beforeAll(async () => {
    moto = await startMoto();
    client = clientFor(moto.endpoint);
  });
  beforeEach(() => moto.reset());
  afterAll(async () => {
    client.destroy();
    await moto.close();
  });

  const read = async (
    name: string,
    dimensions: Readonly<Record<string, string>>,
    statistic: string,
  ): Promise<readonly number[] | undefined> => {
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(thisMinute - minuteMs),
        EndTime: new Date(thisMinute + 2 * minuteMs),
        MetricDataQueries: [
          {
            Id: 'asked',
            MetricStat: {
              Metric: {
                Namespace: namespace,
                MetricName: name,
                Dimensions: Object.entries({ Environment: 'development', ...dimensions }).map(([Name, Value]) => ({
                  Name,
                  Value,
                })),
              },
              Period: 60,
              Stat: statistic,
            },
          },
        ],
      }),
    );
    return MetricDataResults?.[0]?.Values;
  };

  test('the metrics of a cycle can be read back: success, durations, counts, the heartbeat', async () => {
    const { published, lines } = await publish(client, metricsFromReport(cycle, 'hosts'));

    expect(published).toEqual({ to: 'cloudwatch', requests: 1 });
    expect(lines).toEqual([]);
    expect(await read('Heartbeat', {}, 'Sum')).toEqual([1]);
    expect((await read('Success', { Host: 'registry' }, 'Average'))?.[0]).toBeCloseTo(2 / 3);
    expect(await read('Success', { Host: 'registry' }, 'SampleCount')).toEqual([3]);
    expect(await read('Success', { Host: 'auth' }, 'Average')).toEqual([1]);
    expect(await read('Duration', { Host: 'registry' }, 'Maximum')).toEqual([120]);
    expect(await read('Duration', { Host: 'registry' }, 'Average')).toEqual([100]);
    expect(await read('CertificateDaysLeft', {}, 'Minimum')).toEqual([60]);
    expect(await read('TargetsFailing', {}, 'Maximum')).toEqual([1]);
    expect(await read('TargetsInconclusive', {}, 'Maximum')).toEqual([1]);
    expect(await read('Failures', { FailureMode: 'lb-no-target' }, 'Sum')).toEqual([1]);
    expect(await read('TargetFailure', { Target: 'registry.mlflow-ui' }, 'Sum')).toEqual([1]);
  });

  test('a host without a result has no success value, neither 1 nor 0', async () => {
    await publish(client, metricsFromReport(cycle, 'hosts'));

    expect(await read('Success', { Host: 'api' }, 'SampleCount')).toEqual([]);
  });

  test('only the series of the cycle are created', async () => {
    const data = metricsFromReport(cycle, 'hosts');
    await publish(client, data);

    const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: namespace }));

    const series = Metrics.map(({ MetricName, Dimensions }) => JSON.stringify([MetricName, Dimensions]));
    expect(new Set(series).size).toBe(data.length);
  });
});

describe('with something other than CloudWatch at its endpoint', () => {
  const servers: Server[] = [];
  const serve = async (answer: RequestListener): Promise<string> => {
    const { server, endpoint } = await listen(answer);
    servers.push(server);
    return endpoint;
  };
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  test('the default cycle is one request, compressed', async () => {
    const seen: { readonly encoding: string | undefined; readonly body: Buffer }[] = [];
    const endpoint = await serve(async (request, response) => {
      seen.push({ encoding: request.headers['content-encoding'], body: await buffer(request) });
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
    });
    const data = metricsFromReport(cycle, 'targets');

    const { published } = await publish(clientFor(endpoint), data);

    expect(published).toEqual({ to: 'cloudwatch', requests: 1 });
    expect(seen.map(({ encoding }) => encoding)).toEqual(['gzip']);
    const [{ body } = { body: Buffer.alloc(0) }] = seen;
    const sent: { readonly MetricData: readonly unknown[] } = JSON.parse(gunzipSync(body).toString());
    expect(sent.MetricData).toHaveLength(data.length);
    expect(body.length).toBeLessThan(JSON.stringify(sent).length / 2);
  });

  const closedPort = async (): Promise<string> => {
    const { server, endpoint } = await listen(() => {});
    server.close();
    await once(server, 'close');
    return endpoint;
  };
  const failing: readonly { readonly title: string; readonly start: () => Promise<string>; readonly reason: RegExp }[] =
    [
      { title: 'refuses connections', start: closedPort, reason: /ECONNREFUSED/ },
      {
        title: 'responds with an HTML page and 500',
        start: () =>
          serve((_, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<html>no</html>')),
        reason: /./,
      },
      { title: 'never responds', start: () => serve(() => {}), reason: /abort|time/i },
      {
        title: 'denies permission',
        start: () =>
          serve((_, response) => {
            response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0' });
            response.end(
              JSON.stringify({ __type: 'AccessDeniedException', message: 'not authorized to perform: PutMetricData' }),
            );
          }),
        reason: /not authorized to perform: PutMetricData/,
      },
    ];

  test.each(failing)(
    'an endpoint that $title sends the same values to the log, and tells the caller why',
    async ({ start, reason }) => {
      const data = metricsFromReport(cycle, 'hosts');

      const { published, lines } = await publish(clientFor(await start()), data, 1_500);

      expect(published.to).toBe('log');
      if (published.to === 'log') expect(`${published.reason.name}: ${published.reason.message}`).toMatch(reason);
      const logged = lines.map((line) => JSON.parse(line));
      expect(logged.map((line) => line._aws.CloudWatchMetrics[0].Namespace)).toEqual(lines.map(() => namespace));
      expect(logged.find((line) => line.Host === 'registry')).toMatchObject({
        Environment: 'development',
        Success: [1, 1, 0],
        Duration: [80, 120, 100],
        _aws: { Timestamp: thisMinute, CloudWatchMetrics: [{ Dimensions: [['Environment', 'Host']] }] },
      });
      expect(logged.find((line) => 'Heartbeat' in line)).toMatchObject({ Heartbeat: 1, TargetsFailing: 1 });
      expect(logged.find((line) => line.FailureMode === 'lb-no-target')).toMatchObject({ Failures: 1 });
    },
  );

  test('when the log fails too, the caller learns that the metrics are lost, with both reasons', async () => {
    const published = await publishMetrics(metricsFromReport(cycle, 'hosts'), {
      client: clientFor(await closedPort()),
      namespace,
      signal: AbortSignal.timeout(5_000),
      onFallback: () => {
        throw new Error('the disk is full');
      },
    });

    expect(published.to).toBe('lost');
    if (published.to === 'lost') expect(published.reason.message).toMatch(/ECONNREFUSED.*the disk is full/);
  });

  test('only the refused one of several requests goes to the log', async () => {
    const outcomes = Array.from({ length: 600 }, (_, index) => outcome(`my.target-${index}`, 'pass'));
    const data = metricsFromReport(report(outcomes), 'targets');
    let requests = 0;
    const endpoint = await serve((_, response) => {
      requests += 1;
      if (requests === 1) response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
      else
        response
          .writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
          .end('{"__type":"InvalidParameterValue"}');
    });
    const refused: MetricDatum[] = [];

    const published = await publishMetrics(data, {
      client: clientFor(endpoint),
      namespace,
      signal: AbortSignal.timeout(5_000),
      onFallback: (some) => void refused.push(...some),
    });

    expect(published).toMatchObject({ to: 'log', requests: 2 });
    expect([1_000, data.length - 1_000]).toContain(data.length - refused.length);
  });
});
