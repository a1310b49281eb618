import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import { type AwsGateway, startAwsGateway } from '../setup/aws-gateway.ts';
import { type LambdaFunction, startFunction } from '../setup/lambda-function.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { copyFunction } from '../support/built.ts';

const table = 'hokusai-synthetics';

describeWith('moto', 'the function remembers, and tells', () => {
  const runtime = inject('lambdaRuntime');
  let folder: string;
  let moto: Moto;
  let gateway: AwsGateway;
  let broken: ThreadedSandbox;
  let healthy: ThreadedSandbox;
  let topic: string;
  let queue: string;
  const started: LambdaFunction[] = [];

  const aws = () => ({
    endpoint: moto.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  });

  /** The configuration as the template gives it: as text. A busy machine is not a slow platform. */
  const start = async (sandbox: ThreadedSandbox, more: Readonly<Record<string, string>> = {}) => {
    const made = await startFunction(runtime, folder, {
      AWS_ENDPOINT_URL: gateway.endpoint,
      SYNTHETICS_CONFIG: sandbox.configuration.replace(/slowMs: \d+/, 'slowMs: 30000'),
      SYNTHETICS_STATE_TABLE: table,
      SYNTHETICS_TOPIC_CRITICAL: topic,
      ...more,
    });
    started.push(made);
    return made;
  };

  const received = async (): Promise<readonly { readonly Subject: string; readonly Message: string }[]> => {
    const { Messages = [] } = await new SQSClient(aws()).send(
      new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }),
    );
    return Messages.map(({ Body = '{}' }) => JSON.parse(Body));
  };

  const createTable = (): Promise<unknown> =>
    new DynamoDBClient(aws()).send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'environment', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'environment', AttributeType: 'S' }],
      }),
    );

  const invoked = (operation: string): number => gateway.operations.filter((one) => one === operation).length;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'incidents-function-'));
    const options = { generation: '2026', mlflowUrl: null, pace: 2 } as const;
    await copyFunction('probe', folder);
    [moto, broken, healthy] = await Promise.all([
      startMoto(),
      startSandboxThread({ options, faultIds: ['mlflow-stopped'] }),
      startSandboxThread({ options, faultIds: [] }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([broken.close(), healthy.close(), moto.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await moto.reset();
    gateway = await startAwsGateway(moto.endpoint);
    const sns = new SNSClient(aws());
    topic = (await sns.send(new CreateTopicCommand({ Name: 'critical' }))).TopicArn ?? '';
    queue = (await new SQSClient(aws()).send(new CreateQueueCommand({ QueueName: 'people' }))).QueueUrl ?? '';
    const Endpoint = 'arn:aws:sqs:us-east-1:123456789012:people';
    await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint }));
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((one) => one.close()));
    await gateway.close();
  });

  test('send one message when it breaks and one when it recovers, whichever function ran in between', async () => {
    await createTable();
    const probe = await start(broken);
    const first = await probe.invoke({});
    expect(first, probe.log()).toMatchObject({ kind: 'response', value: { verdict: 'failing', incidents: [] } });
    expect(await received()).toEqual([]);

    const second = await probe.invoke({});
    expect(second, probe.log()).toMatchObject({
      kind: 'response',
      value: {
        incidents: [expect.stringMatching(/-registry$/)],
        diagnosis: { faults: [['mlflow-service-unhealthy']] },
      },
    });
    const [opened, ...more] = await received();
    expect(more).toEqual([]);
    expect(opened?.Subject).toMatch(/^\[critical\] sandbox: MLflow is down - opened \d{8}-\d{4}-registry$/);
    expect(JSON.parse(String(opened?.Message))).toMatchObject({
      kind: 'opened',
      incident: { causes: [{ id: 'mlflow-service-unhealthy' }] },
    });

    const another = await start(healthy);
    await another.invoke({});
    await another.invoke({});
    expect((await received()).map(({ Subject }) => Subject)).toEqual([expect.stringMatching(/resolved/)]);
  });

  test('can be acknowledged from a chat', async () => {
    await createTable();
    const probe = await start(broken);
    await probe.invoke({});
    const second = await probe.invoke({});
    const { incidents } = (second as { value: { incidents: readonly string[] } }).value;
    const [acknowledge = ''] = incidents;
    expect(await probe.invoke({ acknowledge, by: 'ada' })).toMatchObject({ value: { acknowledged: acknowledge } });
    expect(await probe.invoke({ acknowledge: 'nothing' })).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringContaining(`no incident nothing is open; open: ${acknowledge}`),
    });
  });

  test('are neither opened nor resolved by part of a cycle', async () => {
    await createTable();
    const probe = await start(broken);
    for (const _ of [1, 2, 3]) await probe.invoke({ targets: ['registry.mlflow-proxy-search'] });
    expect(await received()).toEqual([]);
  });

  test('without their table, metrics are still published, and the invocation fails with the fix', async () => {
    const probe = await start(broken);
    const ended = await probe.invoke({});
    expect(ended).toMatchObject({ kind: 'error', errorMessage: expect.stringContaining(table) });
    expect(invoked('PutMetricData')).toBe(1);
    const { Metrics = [] } = await new CloudWatchClient(aws()).send(
      new ListMetricsCommand({ Namespace: 'Hokusai/Synthetics', MetricName: 'SendFailures' }),
    );
    expect(Metrics).toHaveLength(1);
  });

  test('are kept with the invocation failing when a topic refuses them, and are sent once the topic exists', async () => {
    await createTable();
    const nowhere = 'arn:aws:sns:us-east-1:123456789012:nowhere';
    const probe = await start(broken, { SYNTHETICS_TOPIC_CRITICAL: nowhere });
    await probe.invoke({});
    const refused = await probe.invoke({});
    expect(refused).toMatchObject({ kind: 'error', errorMessage: expect.stringContaining('was not taken by sns') });
    expect(invoked('PutMetricData')).toBe(2);

    const mended = await start(broken);
    await mended.invoke({});
    expect((await received()).map(({ Subject }) => Subject)).toEqual([expect.stringMatching(/opened/)]);
  });

  test('need a table: topics without one are refused, because nothing would remember what was sent', async () => {
    const probe = await start(broken, { SYNTHETICS_STATE_TABLE: '' });
    expect(await probe.invoke({})).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringContaining('SYNTHETICS_STATE_TABLE'),
    });
  });
});
