import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lambdaAwsConfig } from '../../../src/aws/lambda-config.ts';
import { emptyState } from '../../../src/incidents/state.ts';
import { createDynamoStore } from '../../../src/incidents/stores/dynamodb.ts';

const empty = emptyState('development');
const type = { 'content-type': 'application/x-amz-json-1.0' };

const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };

const storeAt = (endpoint: string) => {
  const requestHandler = { ...lambdaAwsConfig.requestHandler, requestTimeout: 200 };
  const client = new DynamoDBClient({ ...lambdaAwsConfig, requestHandler, endpoint, region: 'us-east-1', credentials });
  onTestFinished(() => client.destroy());
  return createDynamoStore({ client, table: 'incidents' });
};

/** @returns a store that asks this instead of AWS, and how often it did. */
const storeAnsweredBy = async (answer: RequestListener) => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers['x-amz-target']?.toString());
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { store: storeAt(endpoint), asked, endpoint };
};

const refusing =
  (status: number, name: string, message: string): RequestListener =>
  (_, response) =>
    void response
      .writeHead(status, type)
      .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message }));

const cases: readonly {
  readonly title: string;
  readonly answer: RequestListener;
  readonly reason: RegExp;
  readonly requests: number;
}[] = [
  {
    title: 'throttles the request',
    answer: refusing(
      400,
      'ProvisionedThroughputExceededException',
      'The level of configured provisioned throughput was exceeded.',
    ),
    reason:
      /: AWS throttles its requests: give the table on-demand capacity.* \(ProvisionedThroughputExceededException: The level/,
    requests: 2,
  },
  {
    title: 'slows the request down',
    answer: refusing(400, 'ThrottlingException', 'Rate exceeded'),
    reason: /: AWS throttles its requests.*\(ThrottlingException/,
    requests: 2,
  },
  {
    title: 'denies permission',
    answer: refusing(400, 'AccessDeniedException', 'not authorized to perform: dynamodb:GetItem'),
    reason:
      /: this role or user may not use it: allow dynamodb:GetItem and dynamodb:PutItem on the table.*not authorized to perform/,
    requests: 1,
  },
  {
    title: 'rejects the credentials',
    answer: refusing(400, 'UnrecognizedClientException', 'The security token included in the request is invalid.'),
    reason: /: AWS does not accept the credentials/,
    requests: 1,
  },
  {
    title: 'fails',
    answer: refusing(500, 'InternalServerError', 'Internal server error'),
    reason: /: DynamoDB itself fails/,
    requests: 2,
  },
  { title: 'never responds', answer: () => {}, reason: /: DynamoDB does not answer in time/, requests: 2 },
  {
    title: 'hangs up',
    answer: (request) => void request.socket.destroy(),
    reason: /: DynamoDB does not answer in time.*ECONNRESET/,
    requests: 2,
  },
  {
    title: 'is a proxy with its own page',
    answer: (_, response) =>
      void response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>'),
    reason: /the DynamoDB table incidents: ./,
    requests: 2,
  },
];

describe('with something other than DynamoDB at its endpoint', () => {
  it.each(cases)(
    'an endpoint that $title is reported with reason and fix, after few attempts',
    async ({ answer, reason, requests }) => {
      const { store, asked } = await storeAnsweredBy(answer);
      await expect(store.load('development')).rejects.toMatchObject({
        trouble: 'unavailable',
        message: expect.stringMatching(reason),
      });
      expect(asked).toHaveLength(requests);
      await expect(store.save(empty, 1)).rejects.toMatchObject({ trouble: 'unavailable' });
    },
  );

  it('an endpoint without a listener is reported as a DynamoDB that does not respond', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    await expect(storeAt(`http://127.0.0.1:${port}`).load('development')).rejects.toThrow(
      /does not answer in time.*ECONNREFUSED/,
    );
  });

  it.each([
    ['sends a head and no body', (): void => {}],
    ['sends a byte from time to time', (write: () => void): NodeJS.Timeout => setInterval(write, 50)],
  ])(
    'an endpoint that %s is reported as a DynamoDB that does not respond, after the limit of the call',
    async (_, goOn) => {
      const { endpoint } = await storeAnsweredBy((_request, response) => {
        response.writeHead(200, { ...type, 'content-length': 100_000 }).write('{');
        const timer = goOn(() => response.write(' '));
        response.on('close', () => clearInterval(timer ?? undefined));
      });
      // As a command line has it: the SDK itself has no time-outs then.
      const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
      onTestFinished(() => client.destroy());
      const store = createDynamoStore({ client, table: 'incidents', callMs: 300 });
      await expect(store.load('development')).rejects.toThrow(/does not answer in time.*within 0\.3 s/);
      await expect(store.save(empty, 1)).rejects.toThrow(/does not answer in time/);
    },
  );

  it('a write whose response was lost is recognized as done', async () => {
    let written: unknown = null;
    const { store, asked } = await storeAnsweredBy(async (request, response) => {
      const body = (await json(request)) as { readonly Item?: unknown; readonly ConsistentRead?: boolean };
      const isWrite = body.Item !== undefined;
      if (isWrite && written === null) {
        written = body.Item;
        request.socket.destroy();
      } else if (isWrite)
        refusing(400, 'ConditionalCheckFailedException', 'The conditional request failed')(request, response);
      else {
        expect(body.ConsistentRead).toBe(true);
        response.writeHead(200, type).end(JSON.stringify({ Item: written }));
      }
    });
    expect(await store.save(empty, null)).toBe(true);
    expect(asked).toEqual(['PutItem', 'PutItem', 'GetItem'].map((name) => `DynamoDB_20120810.${name}`));
  });
});
