import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lambdaAwsConfig } from '../../src/aws/lambda-config.ts';
import type { IncidentEvent } from '../../src/model/incident.ts';
import { createSnsChannel, type Topics } from '../../src/notify/sns.ts';
import { events, mlflowDown, setting } from '../notify/incidents.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';

const access = { region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } };

const event = (name: string): IncidentEvent => {
  const found = events[name];
  if (found === undefined) throw new Error(`no event ${name}`);
  return found;
};

const soon = (): AbortSignal => AbortSignal.timeout(10_000);

describeWith('moto', 'an event that is published to SNS', () => {
  let moto: Moto;
  let sns: SNSClient;
  let sqs: SQSClient;
  beforeAll(async () => {
    moto = await startMoto();
    sns = new SNSClient({ ...lambdaAwsConfig, ...access, endpoint: moto.endpoint });
    sqs = new SQSClient({ ...access, endpoint: moto.endpoint });
  });
  beforeEach(() => moto.reset());
  afterAll(async () => {
    sns.destroy();
    sqs.destroy();
    await moto.close();
  });

  const topic = async (name: string): Promise<string> => {
    const fifo = name.endsWith('.fifo') ? { Attributes: { FifoTopic: 'true' } } : {};
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: name, ...fifo }));
    return TopicArn;
  };

  interface Subscription {
    readonly filter?: Readonly<Record<string, readonly string[]>>;
    readonly raw?: boolean;
  }

  /** A queue at a topic; gives what arrived there since it was last asked. */
  const subscriber = async (
    arn: string,
    name: string,
    { filter, raw = false }: Subscription = {},
  ): Promise<() => Promise<readonly Record<string, unknown>[]>> => {
    const fifo = name.endsWith('.fifo') ? { Attributes: { FifoQueue: 'true' } } : {};
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, ...fifo }));
    await sns.send(
      new SubscribeCommand({
        TopicArn: arn,
        Protocol: 'sqs',
        Endpoint: `arn:aws:sqs:us-east-1:123456789012:${name}`,
        Attributes: {
          RawMessageDelivery: String(raw),
          ...(filter === undefined ? {} : { FilterPolicy: JSON.stringify(filter) }),
        },
      }),
    );
    return async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
      );
      return Messages.map(({ Body = '', MessageAttributes = {} }) =>
        raw
          ? { text: Body, attributes: Object.keys(MessageAttributes).sort() }
          : (JSON.parse(Body) as Record<string, unknown>),
      );
    };
  };

  const channel = (topics: Partial<Topics>) =>
    createSnsChannel({
      ...setting,
      client: sns,
      topics: { critical: null, warning: null, operational: null, ...topics },
    });

  const subjects = (messages: readonly Record<string, unknown>[]): readonly unknown[] =>
    messages.map(({ Subject }) => Subject);

  test('arrives at a program as data, with its subject and attributes', async () => {
    const critical = await topic('critical');
    const read = await subscriber(critical, 'all');
    await channel({ critical }).send(event('opened-match'), soon());

    const [message] = await read();
    expect(message).toMatchObject({
      Subject: '[critical] development: MLflow is down - opened 20261121-0257-registry',
      Message: JSON.stringify(event('opened-match')),
      MessageAttributes: {
        environment: { Type: 'String', Value: 'development' },
        severity: { Type: 'String', Value: 'critical' },
        event: { Type: 'String', Value: 'opened' },
        hypothesis: { Type: 'String', Value: 'mlflow-service-unhealthy' },
        host: { Type: 'String', Value: 'registry' },
        incident: { Type: 'String', Value: '20261121-0257-registry' },
        eventId: { Type: 'String', Value: 'development.20261121-0257-registry.1' },
      },
    });
  });

  test('reaches exactly the subscribers of its kind, severity, hypothesis or host', async () => {
    const operational = await topic('everything');
    const readers = {
      critical: await subscriber(operational, 'critical', { filter: { severity: ['critical'] } }),
      ends: await subscriber(operational, 'ends', { filter: { event: ['resolved', 'monitor-sees'] } }),
      unknown: await subscriber(operational, 'unknown', { filter: { hypothesis: ['unexplained'] } }),
      production: await subscriber(operational, 'production', { filter: { environment: ['production'] } }),
      monitor: await subscriber(operational, 'monitor', { filter: { severity: ['operational'] } }),
    };
    const { send } = channel({ operational });
    for (const name of ['opened-match', 'opened-unexplained', 'opened-notice', 'resolved', 'monitor-blind'])
      await send(event(name), soon());

    const kinds = async (read: () => Promise<readonly Record<string, unknown>[]>): Promise<readonly string[]> =>
      subjects(await read())
        .map((subject) => /^\[(\w+)\]/.exec(String(subject))?.[1] ?? '')
        .sort();
    expect(await kinds(readers.critical)).toEqual(['critical', 'critical', 'resolved']);
    expect(await kinds(readers.ends)).toEqual(['resolved']);
    expect(await kinds(readers.unknown)).toEqual(['critical']);
    expect(await kinds(readers.production)).toEqual([]);
    expect(await kinds(readers.monitor)).toEqual(['monitor']);
  });

  test('arrives raw as the event alone, with its attributes', async () => {
    const critical = await topic('critical');
    const read = await subscriber(critical, 'raw', { raw: true });
    await channel({ critical }).send(event('opened-tie'), soon());

    expect(await read()).toEqual([
      {
        text: JSON.stringify(event('opened-tie')),
        attributes: ['environment', 'event', 'eventId', 'host', 'hypothesis', 'incident', 'severity'],
      },
    ]);
  });

  test('goes to the topic of its severity, and moves to the critical one when it becomes critical', async () => {
    const topics = {
      critical: await topic('critical'),
      warning: await topic('warning'),
      operational: await topic('operational'),
    };
    const read = {
      critical: await subscriber(topics.critical, 'critical'),
      warning: await subscriber(topics.warning, 'warning'),
      operational: await subscriber(topics.operational, 'operational'),
    };
    const { send } = channel(topics);
    const incident = { ...mlflowDown, severity: 'warning' } as const;
    await send({ ...event('opened-match'), kind: 'opened', incident } as IncidentEvent, soon());
    for (const name of ['updated-worse', 'opened-notice', 'state-lost']) await send(event(name), soon());

    expect(subjects(await read.warning()).toSorted()).toEqual([
      expect.stringMatching(/^\[critical\] .* - was warning /),
      expect.stringMatching(/^\[warning\] .* - opened /),
    ]);
    expect(subjects(await read.critical())).toEqual([expect.stringMatching(/^\[critical\] .* - was warning /)]);
    expect(subjects(await read.operational()).toSorted()).toEqual([
      expect.stringMatching(/^\[monitor\] /),
      expect.stringMatching(/^\[notice\] /),
    ]);
  });

  test('goes to the only topic when there is one', async () => {
    const warning = await topic('warning');
    const read = await subscriber(warning, 'warning');
    for (const name of ['opened-match', 'monitor-blind']) await channel({ warning }).send(event(name), soon());

    expect(await read()).toHaveLength(2);
  });

  test('sent again after a crash, reaches a FIFO topic’s subscribers once', async () => {
    const critical = await topic('critical.fifo');
    const read = await subscriber(critical, 'critical.fifo');
    const { send } = channel({ critical });
    for (const name of ['opened-match', 'opened-match', 'updated-worse']) await send(event(name), soon());

    expect(subjects(await read())).toEqual([
      expect.stringContaining(' - opened '),
      expect.stringContaining(' - was warning '),
    ]);
  });

  test('for a missing topic says so, and asks about the region', async () => {
    const critical = 'arn:aws:sns:us-east-1:123456789012:nowhere';

    await expect(channel({ critical }).send(event('opened-match'), soon())).rejects.toThrow(
      /^SNS did not take the event for arn:aws:sns:us-east-1:123456789012:nowhere: NotFound: .*; does the topic exist, in this account and region\?$/,
    );
  });
});

describe('when SNS refuses an event', () => {
  const topics = { critical: 'arn:aws:sns:us-east-1:123456789012:critical', warning: null, operational: null };

  /** SNS as a server that answers so; gives what the channel says, and the forms that it was sent. */
  const refusedBy = async (
    answer: (form: URLSearchParams) => readonly [status: number, code: string, message: string] | null,
    signal = soon(),
  ): Promise<{ readonly said: string; readonly forms: readonly URLSearchParams[] }> => {
    const forms: URLSearchParams[] = [];
    const listener: RequestListener = async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const form = new URLSearchParams(body);
      forms.push(form);
      const refusal = answer(form);
      if (refusal === null) return;
      const [status, code, message] = refusal;
      const xml =
        status === 200
          ? `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>`
          : `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    };
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = new SNSClient({ ...lambdaAwsConfig, ...access, endpoint });
    try {
      const said = await createSnsChannel({ ...setting, client, topics })
        .send(event('opened-match'), signal)
        .then(
          () => 'it was taken',
          (error: Error) => error.message,
        );
      return { said, forms };
    } finally {
      client.destroy();
      server.closeAllConnections();
      server.close();
    }
  };

  test('a missing permission is named', async () => {
    const { said, forms } = await refusedBy(() => [
      403,
      'AuthorizationError',
      'User: arn:aws:sts::123456789012:assumed-role/monitor is not authorized to perform: SNS:Publish on resource: x',
    ]);

    expect(said).toMatch(/^SNS did not take the event for arn:.*:critical: AuthorizationError: .*; allow sns:Publish /);
    expect(forms).toHaveLength(1);
  });

  test.each([
    ['KMSAccessDenied', /the key must be enabled, and let the role of the monitor use it/],
    ['KMSDisabled', /the key must be enabled/],
    ['InvalidClientTokenId', /look at the credentials/],
    ['SomethingNew', /SomethingNew: words; the next cycle tries again/],
  ])('%s comes with what to check', async (code, way) => {
    expect((await refusedBy(() => [400, code, 'words'])).said).toMatch(way);
  });

  test('because of its form, it is sent once more as plain lines with the next steps', async () => {
    const { said, forms } = await refusedBy((form) =>
      form.has('MessageStructure') ? [400, 'InvalidParameter', 'Invalid parameter: Message Structure'] : [200, '', ''],
    );

    expect(said).toBe('it was taken');
    expect(forms).toHaveLength(2);
    expect(forms[1]?.get('Message')).toMatch(
      /^MLflow does not run[\s\S]*\nRun: aws ecs [\s\S]*\nIncident: 20261121-0257-registry\n/,
    );
    expect(forms[1]?.get('Subject')).toBe(forms[0]?.get('Subject'));
    expect(forms[1]?.toString()).toContain('eventId');
  });

  test('in both forms, the refusal is reported without a third attempt', async () => {
    const { said, forms } = await refusedBy(() => [400, 'InvalidParameter', 'Invalid parameter: TopicArn']);

    expect(said).toContain(
      'InvalidParameter: Invalid parameter: TopicArn; is the ARN that of a topic, in this region?',
    );
    expect(forms).toHaveLength(2);
  });

  test('with silence, the wait ends when the time is over', async () => {
    const { said } = await refusedBy(() => null, AbortSignal.timeout(300));

    expect(said).toMatch(/: no answer in time; the next cycle tries again/);
  });

  test('an echoed key is redacted', async () => {
    const { said } = await refusedBy(() => [400, 'Odd', 'bad: hk_test_0123456789abcdefghijklmn']);

    expect(said).not.toContain('0123456789abc');
  });

  test('or has no topic, it gets no request', () => {
    const none = { critical: null, warning: null, operational: null };

    expect(() => createSnsChannel({ ...setting, client: new SNSClient(access), topics: none })).toThrow(
      'SNS: no topic is named',
    );
  });
});
