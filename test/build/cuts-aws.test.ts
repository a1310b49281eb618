import { beforeAll, describe, expect, test } from 'vitest';
import { lambdaAwsConfig } from '../../src/aws/lambda-config.ts';
import { createParameterStore } from '../../src/aws/parameter-store.ts';
import { createSecretsManager } from '../../src/aws/secrets-manager.ts';
import { createSnsClient } from '../../src/aws/sns-client.ts';
import { openTable } from '../../src/aws/state-client.ts';
import { createSnsChannel } from '../../src/notify/sns.ts';
import { stateOfBytes } from '../incidents/events.ts';
import { events, setting } from '../notify/incidents.ts';
import { type AwsAnswer, withAwsAnswering } from '../support/aws-answering.ts';
import { importPart } from '../support/built.ts';

/** The parts of the probe function that call AWS, as they ship and as they are written. */
interface Parts {
  readonly createSnsClient: typeof createSnsClient;
  readonly createSnsChannel: typeof createSnsChannel;
  readonly openTable: typeof openTable;
  readonly createSecretsManager: typeof createSecretsManager;
  readonly createParameterStore: typeof createParameterStore;
}

const written: Parts = {
  createSnsClient,
  createSnsChannel,
  openTable,
  createSecretsManager,
  createParameterStore,
};

const configFor = (endpoint: string) => ({
  ...lambdaAwsConfig,
  region: 'us-east-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  maxAttempts: 1,
  endpoint,
});

const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    (value) => `done: ${JSON.stringify(value)}`,
    (error: Error) => `${error.name}: ${error.message} ${error.cause instanceof Error ? error.cause.name : ''}`,
  );

/** Every call of the function, but for those to CloudWatch and CodeDeploy: test/real has these. */
const calls = {
  Publish: ({ createSnsClient, createSnsChannel }: Parts, endpoint: string) => {
    const topics = { critical: 'arn:aws:sns:us-east-1:123456789012:critical', warning: null, operational: null };
    const event = events['opened-match'];
    if (event === undefined) throw new Error('no such event');
    const channel = createSnsChannel({ ...setting, client: createSnsClient(configFor(endpoint)), topics });
    return channel.send(event, AbortSignal.timeout(10_000));
  },
  GetItem: ({ openTable }: Parts, endpoint: string) => openTable('table', configFor(endpoint)).load('development'),
  PutItem: ({ openTable }: Parts, endpoint: string) =>
    openTable('table', configFor(endpoint)).save(stateOfBytes('development', 100), 1),
  GetSecretValue: ({ createSecretsManager }: Parts, endpoint: string) =>
    createSecretsManager(configFor(endpoint))('a-secret', AbortSignal.timeout(10_000)),
  GetParameter: ({ createParameterStore }: Parts, endpoint: string) =>
    createParameterStore(configFor(endpoint))('/a/parameter', AbortSignal.timeout(10_000)),
} as const;

type Call = keyof typeof calls;

const refusedInXml = (error: string, status = 400): AwsAnswer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">\n  <Error>\n    <Type>Sender</Type>\n    ${error}\n  </Error>\n  <RequestId>1</RequestId>\n</ErrorResponse>\n`,
});

/** The query protocol: code and message of a refusal, in all the ways in which XML can say them. */
const inXml: readonly AwsAnswer[] = [
  refusedInXml('<Code>NotFound</Code><Message>Topic does not exist</Message>', 404),
  refusedInXml(
    '<Code>AuthorizationError</Code><Message>not &amp; &quot;so&quot; &lt;on&gt; &apos;it&apos;</Message>',
    403,
  ),
  refusedInXml('<Code>Odd</Code><Message>&#39;a&#x41;&#65;&#8230;&amp;lt;</Message>'),
  refusedInXml('<Code>Odd</Code><Message>a <![CDATA[<b> & c]]> d</Message>'),
  refusedInXml('<Code>Odd</Code><Message>x<!-- y -->z</Message>'),
  refusedInXml('<Code>Odd</Code><Message>two\n  lines</Message>'),
  refusedInXml('<Code>Odd</Code><Message></Message>'),
  refusedInXml('<Code>Odd</Code><Message/>'),
  refusedInXml('<Code>Odd</Code>'),
  refusedInXml('<Message>no code</Message>'),
  refusedInXml('<Code a="b">Odd</Code><Message xml:lang="en">words</Message>'),
  refusedInXml('<Code>ThrottlingException</Code><Message>Rate exceeded</Message>'),
  refusedInXml('<Code>InternalFailure</Code><Message>words</Message>', 500),
  refusedInXml('<Code>KMSDisabled</Code><Message>words</Message>'),
  refusedInXml('<Code>ExpiredToken</Code><Message>words</Message>'),
];

const refusedInJson = (body: object, status = 400, headers = {}): AwsAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
  body: JSON.stringify(body),
});

/** Names that AWS gives to errors, with classes in the SDK and without, wherever its protocols put them. */
const inJson: readonly AwsAnswer[] = [
  ...[
    'ResourceNotFoundException',
    'ParameterNotFound',
    'DecryptionFailure',
    'InternalServerError',
    'InternalServiceError',
    'AccessDeniedException',
    'ExpiredTokenException',
    'UnrecognizedClientException',
    'ValidationException',
    'SomethingNewException',
  ].map((name) => refusedInJson({ __type: name, message: 'words' })),
  refusedInJson({ __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', Message: 'Words' }),
  refusedInJson({ __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'words' }),
  refusedInJson({ message: 'in the header' }, 400, { 'x-amzn-errortype': 'ThrottlingException:http://x/' }),
  refusedInJson({ __type: 'ThrottlingException', message: 'words', ThrottlingReasons: [{ reason: 'a' }] }),
  refusedInJson({ code: 'ProvisionedThroughputExceededException', message: 'words' }, 400),
  refusedInJson({}, 500),
];

const succeeded: Readonly<Record<Call, readonly AwsAnswer[]>> = {
  Publish: [
    {
      status: 200,
      body: '<PublishResponse><PublishResult><MessageId>1</MessageId><SequenceNumber>2</SequenceNumber></PublishResult></PublishResponse>',
    },
  ],
  GetItem: [
    { status: 200, body: '{}' },
    { status: 200, body: '{"Item":{"environment":{"S":"development"},"version":{"N":"3"},"state":{"S":"{"}}}' },
    { status: 200, body: '{"Item":{"environment":{"S":"development"},"odd":{"M":{"a":{"L":[{"BOOL":true}]}}}}}' },
  ],
  PutItem: [{ status: 200, body: '{}' }],
  GetSecretValue: [
    { status: 200, body: '{"ARN":"a","Name":"n","SecretString":"a secret","CreatedDate":1.7E9}' },
    { status: 200, body: '{"SecretBinary":"YQ=="}' },
    { status: 200, body: '{}' },
  ],
  GetParameter: [
    { status: 200, body: '{"Parameter":{"Name":"n","Type":"SecureString","Value":"v","LastModifiedDate":1.7E9}}' },
    { status: 200, body: '{"Parameter":{"Name":"n","Type":"StringList","Value":"a,b"}}' },
    { status: 200, body: '{}' },
  ],
};

describe('the probe function reads AWS responses', () => {
  let shipped: Parts;
  beforeAll(async () => {
    const sources = ['sns-client', 'state-client', 'secrets-manager', 'parameter-store'];
    const parts = await Promise.all([
      ...sources.map((name) => importPart('probe', `src/aws/${name}.ts`)),
      importPart('probe', 'src/notify/sns.ts'),
    ]);
    shipped = Object.assign({}, ...(parts as object[])) as Parts;
  });

  const cases = (Object.keys(calls) as Call[]).flatMap((call) =>
    [...(call === 'Publish' ? inXml : inJson), ...succeeded[call]].map((answer) => ({
      call,
      answer,
      response: `${answer.status} ${answer.body.replace(/\s+/g, ' ')}`,
    })),
  );

  test.each(cases)('to $call as the whole SDK does: $response', async ({ call, answer }) => {
    const [asShipped, asWritten] = await withAwsAnswering(
      () => answer,
      async (endpoint) => [
        await outcomeOf(calls[call](shipped, endpoint)),
        await outcomeOf(calls[call](written, endpoint)),
      ],
    );

    expect(asShipped).toBe(asWritten);
    expect(asShipped.startsWith('done: '), asShipped).toBe(answer.status === 200 && !/"S":"\{"|odd/.test(answer.body));
  });

  test.each([
    ['a proxy’s page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>log in</html>' }],
    ['nothing', { status: 200, body: '' }],
    ['nothing at all', { status: 204, body: '' }],
    ['another text', { status: 200, body: 'ok' }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' }],
    ['a page of a gateway', { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>502</html>' }],
    ['something cut', { status: 400, body: '<ErrorResponse><Error><Code>cut' }],
  ] satisfies readonly (readonly [string, AwsAnswer])[])(
    'and sees no delivery when the response is not from AWS: %s',
    async (_, answer) => {
      for (const parts of [shipped, written]) {
        const said = await withAwsAnswering(
          () => answer,
          (endpoint) => outcomeOf(calls.Publish(parts, endpoint)),
        );
        expect(said).toMatch(/^Error: SNS did not take the event for arn:aws:sns:us-east-1:123456789012:critical: /);
      }
    },
  );
});
