import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { deliver } from '../../../src/incidents/deliver.ts';
import { enqueue } from '../../../src/incidents/outbox.ts';
import { update } from '../../../src/incidents/remember.ts';
import { emptyState } from '../../../src/incidents/state.ts';
import type { IncidentStore } from '../../../src/incidents/store.ts';
import { createDynamoStore } from '../../../src/incidents/stores/dynamodb.ts';
import { incidentEvent, stateOfBytes } from '../../incidents/events.ts';
import { storeContract } from '../../incidents/store-contract.ts';
import { type Moto, startMoto } from '../../setup/moto-server.ts';
import { describeWith } from '../../setup/real-parts.ts';

const table = 'hokusai-synthetics-incidents';
const environment = 'development';
const empty = emptyState(environment);

let lastWrite: Promise<unknown> = Promise.resolve();

/** DynamoDB looks at the condition and writes in one step. Moto does it in two, without a lock: about 1 in 1,000 that meet both win. */
const oneWriteAtOnce = (client: DynamoDBClient): DynamoDBClient =>
  new Proxy(client, {
    get: (target, name) => {
      if (name !== 'send') return Reflect.get(target, name);
      return (command: Parameters<DynamoDBClient['send']>[0]) => {
        if (!(command instanceof PutItemCommand)) return target.send(command);
        const write = lastWrite.then(() => target.send(command));
        lastWrite = write.catch(() => {});
        return write;
      };
    },
  });

describeWith('moto', 'with DynamoDB at hand', () => {
  let moto: Moto;
  let client: DynamoDBClient;
  const open = (): IncidentStore => createDynamoStore({ client: oneWriteAtOnce(client), table });

  const createTable = (key = 'environment'): Promise<unknown> =>
    client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
      }),
    );
  const deleteTable = (): Promise<unknown> => client.send(new DeleteTableCommand({ TableName: table }));

  beforeAll(async () => {
    moto = await startMoto();
    const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };
    // Without the Lambda's time limits: what is asked here is what is stored, not how soon.
    client = new DynamoDBClient({ endpoint: moto.endpoint, region: 'us-east-1', credentials });
  });
  beforeEach(async () => {
    await moto.reset();
    await createTable();
  });
  afterAll(async () => {
    client?.destroy();
    await moto?.close();
  });

  const itemNamed = async (name: string) =>
    (await client.send(new GetItemCommand({ TableName: table, Key: { environment: { S: name } } }))).Item;

  storeContract(
    'in DynamoDB',
    async () => ({
      open,
      spoil: async (of, text) => {
        const item = { environment: { S: of }, version: { N: '1' }, state: { S: text } };
        await client.send(new PutItemCommand({ TableName: table, Item: item }));
      },
      kept: async (name) => (await itemNamed(name))?.['state']?.S ?? null,
    }),
    10,
  );

  it('an unused item expires after 30 days', async () => {
    const now = Date.parse('2026-11-21T02:57:04.900Z');
    await createDynamoStore({ client, table, now: () => now }).save(empty, null);
    expect((await itemNamed(environment))?.['expiresAt']).toEqual({
      N: String(Date.parse('2026-12-21T02:57:04Z') / 1_000),
    });
  });

  it('a foreign item is put aside with everything in it', async () => {
    const foreign = { environment: { S: environment }, version: { S: 'one' }, note: { S: 'by hand' } };
    await client.send(new PutItemCommand({ TableName: table, Item: foreign }));
    const name = await open().putAside(environment);
    expect(await itemNamed(name)).toMatchObject({ version: { S: 'one' }, note: { S: 'by hand' } });
    expect(await open().save(empty, null)).toBe(true);
    expect(await itemNamed(environment)).not.toHaveProperty('note');
  });

  it('a state that is too large for an item is refused before it is sent, with the fix', async () => {
    await open().save(empty, null);
    await expect(open().save(stateOfBytes(environment, 400_000), 1)).rejects.toThrow(
      /^The incidents of development take 401 KB, and DynamoDB takes 400 KB at most.*channels that refuse them/,
    );
    expect(await open().save(stateOfBytes(environment, 399_000), 1)).toBe(true);
  });

  it('overlapping runs lose no change and send each event once', async () => {
    const taken: string[] = [];
    const channel = { name: 'sns', send: async ({ id }: { readonly id: string }) => void taken.push(id) };
    const memory = { store: open(), environment, now: Date.now };
    const signal = new AbortController().signal;
    const run = async (number: number): Promise<void> => {
      await update(
        { ...memory, channels: ['sns'] },
        (state) => enqueue(state, [incidentEvent(`run-${number}`, 1)], ['sns']).state,
      );
      await deliver({ ...memory, channels: [channel], runId: `run-${number}`, signal });
    };
    await Promise.all([1, 2, 3, 4].map(run));
    expect(taken.toSorted()).toEqual([1, 2, 3, 4].map((number) => `development.run-${number}.1`));
    expect((await open().load(environment))?.state.outbox).toEqual([]);
  });

  const refusals = async (): Promise<readonly string[]> => {
    const store = open();
    const works = [store.load(environment), store.save(empty, null), store.save(empty, 1), store.putAside(environment)];
    const results = await Promise.allSettled(works);
    return results.map((result) =>
      result.status === 'rejected' ? `${result.reason.trouble}: ${result.reason.message}` : 'no trouble',
    );
  };

  it('a deleted table is named, with how to create it', async () => {
    await deleteTable();
    for (const said of await refusals())
      expect(said).toMatch(
        /^unavailable: The incidents cannot be kept in the DynamoDB table hokusai-synthetics-incidents: there is no such table in this account and region: make it with the partition key "environment"/,
      );
  });

  it('a table with a different key is reported as such', async () => {
    await deleteTable();
    await createTable('name');
    for (const said of await refusals()) expect(said).toMatch(/^unavailable: .*its partition key is "environment"/);
  });
});
