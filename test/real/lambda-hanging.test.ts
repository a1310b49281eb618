import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { awsLimits } from '../../src/aws/limits.ts';
import { standardIds } from '../../src/config/schema/configuration.ts';
import { lambdaLimits } from '../../src/functions/probe/limits.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { type LambdaFunction, startFunction } from '../setup/lambda-function.ts';
import { endlessWays, startMisbehaving, type Way, ways } from '../setup/misbehaving.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import type { Ended } from '../setup/runtime-api.ts';
import { startSilentNames } from '../setup/silent-names.ts';
import { copyFunction } from '../support/built.ts';

const table = 'hokusai-synthetics';
const secret = 'hokusai/synthetics';
const key = 'hk_test_0123456789abcdef0123456789abcdef';
/** Some seconds for the cycle, on a busy machine too: it goes on for as long as there is time, so all else comes at the end. */
const timeoutMs = lambdaLimits.publishReserveMs + awsLimits.secretMs + 6_000;
const patienceMs = 4 * timeoutMs;

/** Whom the function asks, by the name that the SDK's variable of its endpoint ends with; the webhook has none. */
const services = {
  dynamodb: 'DYNAMODB',
  sns: 'SNS',
  cloudwatch: 'CLOUDWATCH',
  secretsmanager: 'SECRETS_MANAGER',
  ssm: 'SSM',
  webhook: null,
} as const;
type Service = keyof typeof services;

interface Case {
  readonly service: Service;
  readonly way: Way;
}

const casesOf = (service: Service, those: readonly Way[]): readonly Case[] => those.map((way) => ({ service, way }));

interface Seen {
  readonly ended: Ended;
  readonly tookMs: number;
  readonly probe: LambdaFunction;
  readonly environment: string;
}

describeWith('moto', 'the function, while what it asks does not answer', () => {
  const runtime = inject('lambdaRuntime');
  let folder: string;
  let moto: Moto;
  let platform: Server;
  let topic: string;
  let authority: Authority;
  const ends: (() => Promise<unknown>)[] = [];

  const aws = () => ({
    endpoint: moto.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  });

  /** One target passes, one fails, so that there is something to tell, and one keeps the cycle waiting to its end. */
  const configuration = (environment: string, service: Service): object => ({
    environment,
    credentials: { apiKey: service === 'secretsmanager' ? { secretsManager: secret } : { env: 'HOKUSAI_API_KEY' } },
    network: {
      connectTo: [`registry.hokus.ai:443:127.0.0.1:${(platform.address() as AddressInfo).port}`],
      caFile: join(folder, 'ca.pem'),
    },
    registration: { enabled: false },
    incidents: { open: { failures: 1, of: 1 } },
    ...(service === 'webhook' ? { notify: { webhook: { env: 'WEBHOOK_URL' } } } : {}),
    targets: {
      ...Object.fromEntries(standardIds.map((id) => [id, { enabled: false }])),
      'my.ok': { url: 'https://registry.hokus.ai/ok' },
      'my.fails': { url: 'https://registry.hokus.ai/fails' },
      'my.keyed': { url: 'https://registry.hokus.ai/ok', auth: 'bearer' },
      'my.hangs': { url: 'https://registry.hokus.ai/hangs', timeoutMs: 30_000 },
    },
  });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hanging-function-'));
    [, moto, authority] = await Promise.all([copyFunction('probe', folder), startMoto(), Authority.create()]);
    await writeFile(join(folder, 'ca.pem'), authority.rootPem);
    const { chain, key: privateKey } = await authority.issue({ names: ['registry.hokus.ai'] });
    platform = createServer({ cert: chain, key: privateKey }, ({ url }, response) => {
      if (url !== '/hangs') response.writeHead(url === '/ok' ? 200 : 500).end('ok');
    }).listen(0, '127.0.0.1');
    await once(platform, 'listening');
    await new DynamoDBClient(aws()).send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'environment', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'environment', AttributeType: 'S' }],
      }),
    );
    await new SecretsManagerClient(aws()).send(new CreateSecretCommand({ Name: secret, SecretString: key }));
    topic = (await new SNSClient(aws()).send(new CreateTopicCommand({ Name: 'people' }))).TopicArn ?? '';
  });
  afterAll(async () => {
    await Promise.all(ends.map((end) => end()));
    platform.closeAllConnections();
    platform.close();
    await moto.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** One cold invocation, of a function that knows the misbehaving service and for all else moto. */
  const invoked = async ({ service, way }: Case): Promise<Seen> => {
    const environment = `${service}-${ways.indexOf(way)}`;
    const text = JSON.stringify(configuration(environment, service));
    const parameter = `/hokusai/${environment}`;
    if (service === 'ssm')
      await new SSMClient(aws()).send(new PutParameterCommand({ Name: parameter, Value: text, Type: 'String' }));
    const { chain, key: privateKey } = await authority.issue({ names: ['localhost'] });
    const ill = await startMisbehaving({
      way,
      upstream: service === 'webhook' ? null : moto.endpoint,
      certificate: service === 'webhook' ? { cert: chain, key: privateKey } : null,
    });
    const name = services[service];
    const probe = await startFunction(runtime, folder, {
      AWS_ENDPOINT_URL: moto.endpoint,
      ...(name === null
        ? { WEBHOOK_URL: `https://localhost:${ill.port}/hook` }
        : { [`AWS_ENDPOINT_URL_${name}`]: `http://127.0.0.1:${ill.port}` }),
      ...(service === 'ssm' ? { SYNTHETICS_CONFIG_SSM: parameter } : { SYNTHETICS_CONFIG: text }),
      ...(service === 'webhook' ? {} : { SYNTHETICS_TOPIC_CRITICAL: topic }),
      SYNTHETICS_STATE_TABLE: table,
      HOKUSAI_API_KEY: key,
    });
    ends.push(
      () => probe.close(),
      () => ill.close(),
    );
    const began = performance.now();
    const ended = await probe.invoke({}, timeoutMs);
    return { ended, tookMs: performance.now() - began, probe, environment };
  };

  /** Where the metrics of the cycle are: CloudWatch, the log as EMF, or nowhere. */
  const metricsOf = async ({ probe, environment }: Seen): Promise<ReadonlySet<'cloudwatch' | 'log'>> => {
    const Dimensions = [{ Name: 'Environment', Value: environment }];
    const { Metrics = [] } = await new CloudWatchClient(aws()).send(
      new ListMetricsCommand({ Namespace: 'Hokusai/Synthetics', MetricName: 'Heartbeat', Dimensions }),
    );
    const isEmf = probe.lines().some((line) => line['Heartbeat'] === 1 && line['Environment'] === environment);
    return new Set([...(Metrics.length > 0 ? ['cloudwatch' as const] : []), ...(isEmf ? ['log' as const] : [])]);
  };

  const summaryOf = ({ probe }: Seen) => probe.lines().find(({ message }) => /^\S+ is \w+: /.test(String(message)));

  const expectInTime = ({ ended, tookMs, probe }: Seen): void => {
    expect(tookMs, probe.log()).toBeLessThan(timeoutMs);
    expect(JSON.stringify(ended), probe.log()).not.toContain('time ran out');
  };

  const storedFor = async (environment: string): Promise<string> => {
    const input = { TableName: table, Key: { environment: { S: environment } } };
    return (await new DynamoDBClient(aws()).send(new GetItemCommand(input))).Item?.['state']?.S ?? '';
  };

  const failing: Ended = { kind: 'error', errorType: expect.any(String), errorMessage: expect.any(String) };
  const hanging = [...endlessWays, 'hangs up'] as const;

  test.concurrent.each(casesOf('dynamodb', hanging))(
    'DynamoDB $way: the metrics are published, and the invocation fails because the incidents could not be stored',
    async (one) => {
      const seen = await invoked(one);
      expectInTime(seen);
      expect(seen.ended).toEqual(failing);
      expect(seen.ended).toMatchObject({ errorMessage: expect.stringMatching(/^incidents: .*DynamoDB/) });
      expect(await metricsOf(seen)).toEqual(new Set(['cloudwatch']));
      expect(summaryOf(seen)).toMatchObject({ incidents: { open: null, troubles: [expect.any(String)] } });
    },
    patienceMs,
  );

  test.concurrent.each(casesOf('sns', hanging))(
    'SNS $way: the metrics are published, the event is kept, and the invocation fails because SNS did not take it',
    async (one) => {
      const seen = await invoked(one);
      expectInTime(seen);
      expect(seen.ended).toMatchObject({
        kind: 'error',
        errorMessage: expect.stringMatching(/^incidents: .* was not taken by sns: SNS did not take the event/),
      });
      expect(await metricsOf(seen)).toEqual(new Set(['cloudwatch']));
      expect(summaryOf(seen)).toMatchObject({ incidents: { open: [expect.any(String)], sent: 0, waiting: 1 } });
      expect(await storedFor(seen.environment)).toContain('"claim":null');
    },
    patienceMs,
  );

  const halfAnswers = ['sends a head and no body', 'sends a byte a second'] as const;
  const noAnswers = hanging.filter((way) => !halfAnswers.some((half) => half === way));

  test.concurrent.each(casesOf('webhook', noAnswers))(
    'a webhook $way: the metrics are published, the event is kept, and the invocation fails because the webhook did not take it',
    async (one) => {
      const seen = await invoked(one);
      expectInTime(seen);
      expect(seen.ended).toMatchObject({
        kind: 'error',
        errorMessage: expect.stringMatching(/^incidents: .* was not taken by webhook: the webhook at localhost:/),
      });
      expect(await metricsOf(seen)).toEqual(new Set(['cloudwatch']));
      expect(summaryOf(seen)).toMatchObject({ incidents: { open: [expect.any(String)], waiting: 1 } });
    },
    patienceMs,
  );

  test.concurrent.each(casesOf('webhook', halfAnswers))(
    'a webhook $way: the event counts as taken, by its status',
    async (one) => {
      const seen = await invoked(one);
      expectInTime(seen);
      expect(seen.ended, seen.probe.log()).toMatchObject({ kind: 'response', value: { verdict: 'failing' } });
      expect(await metricsOf(seen)).toEqual(new Set(['cloudwatch']));
      expect(summaryOf(seen)).toMatchObject({ incidents: { sent: 1, waiting: 0, troubles: [] } });
    },
    patienceMs,
  );

  test.concurrent.each(casesOf('cloudwatch', hanging))(
    'CloudWatch $way: the metrics are in the log with the reason, and the invocation succeeds',
    async (one) => {
      const seen = await invoked(one);
      expectInTime(seen);
      expect(seen.ended, seen.probe.log()).toMatchObject({ kind: 'response', value: { verdict: 'failing' } });
      expect(await metricsOf(seen)).toEqual(new Set(['log']));
      expect(seen.probe.lines()).toContainEqual(
        expect.objectContaining({ level: 'ERROR', message: expect.stringContaining('CloudWatch did not take') }),
      );
      expect(summaryOf(seen)).toMatchObject({ metrics: 'log', incidents: { sent: 1, waiting: 0, troubles: [] } });
    },
    patienceMs,
  );

  test.concurrent.each(casesOf('secretsmanager', hanging))(
    'Secrets Manager $way: targets without a key are probed and published, and the invocation fails because the key is missing',
    async (one) => {
      const seen = await invoked(one);
      expectInTime(seen);
      expect(seen.ended).toMatchObject({
        kind: 'error',
        errorMessage: expect.stringMatching(/Secrets Manager is out of reach/),
      });
      expect(await metricsOf(seen)).toEqual(new Set(['cloudwatch']));
      expect(summaryOf(seen)).toMatchObject({ targets: 3, failing: ['my.fails'], incidents: { open: [] } });
    },
    patienceMs,
  );

  test.concurrent.each(casesOf('ssm', hanging))(
    'the parameter store $way: the invocation fails in time because the configuration is missing',
    async (one) => {
      const seen = await invoked(one);
      expectInTime(seen);
      expect(seen.ended).toMatchObject({
        kind: 'error',
        errorMessage: expect.stringMatching(/^The configuration in SSM parameter .*The parameter store \(SSM\) is out/),
      });
    },
    patienceMs,
  );

  test.concurrent.each(
    (Object.keys(services) as Service[]).flatMap((service) => casesOf(service, ['answers two seconds late'])),
  )(
    '$service $way: everything is stored, sent and published as usual',
    async (one) => {
      const seen = await invoked(one);
      expectInTime(seen);
      expect(seen.ended, seen.probe.log()).toMatchObject({
        kind: 'response',
        value: { verdict: 'failing', incidents: [expect.any(String)] },
      });
      expect(await metricsOf(seen)).toEqual(new Set(['cloudwatch']));
      expect(summaryOf(seen)).toMatchObject({ incidents: { sent: 1, waiting: 0, troubles: [] } });
    },
    patienceMs,
  );

  // A machine's own right, as in incidents/full-disk.test.ts.
  test.skipIf(inject('missingParts')['small-disk'] !== null)(
    'unresolved AWS names: the metrics are in the log, and the invocation fails because the key is missing',
    async () => {
      const names = await startSilentNames(folder);
      const environment = 'silent-names';
      const probe = await startFunction(
        runtime,
        folder,
        {
          SYNTHETICS_CONFIG: JSON.stringify(configuration(environment, 'secretsmanager')),
          SYNTHETICS_TOPIC_CRITICAL: topic,
          SYNTHETICS_STATE_TABLE: table,
        },
        names.prefix,
      );
      ends.push(
        () => probe.close(),
        async () => names.close(),
      );
      const began = performance.now();
      const ended = await probe.invoke({}, timeoutMs);
      const seen: Seen = { ended, tookMs: performance.now() - began, probe, environment };
      expectInTime(seen);
      expect(ended, probe.log()).toMatchObject({
        kind: 'error',
        errorMessage: expect.stringMatching(/Secrets Manager is out of reach/),
      });
      expect(await metricsOf(seen)).toEqual(new Set(['log']));
      expect(summaryOf(seen)).toMatchObject({ failing: ['my.fails'], incidents: { open: null } });
    },
    patienceMs,
  );
});
