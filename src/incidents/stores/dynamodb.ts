import { randomUUID } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { State } from '../state.ts';
import type { IncidentStore } from '../store.ts';
import { asideName } from './aside-name.ts';
import { type Condition, hasVersion, isFree, isStill } from './dynamodb-conditions.ts';
import { expiry, type Item, itemOf, readItem } from './dynamodb-item.ts';
import { dynamoTrouble } from './dynamodb-trouble.ts';
import { notAState } from './wording.ts';

export interface DynamoStoreOptions {
  /** Its time-outs and attempts bound every call. */
  readonly client: Pick<DynamoDBClient, 'send'>;
  /** With the partition key `environment` (S), and time to live on `expiresAt`. */
  readonly table: string;
  /** Unix time, ms. */
  readonly now?: () => number;
}

/** One item for each environment. It needs dynamodb:GetItem and dynamodb:PutItem. */
export const createDynamoStore = ({ client, table, now = Date.now }: DynamoStoreOptions): IncidentStore => {
  const orTrouble = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw dynamoTrouble(table, error);
    });

  const get = async (environment: string): Promise<Item | null> => {
    const key = { environment: { S: environment } };
    const { Item: item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return item ?? null;
  };

  /** False: something else is there than was expected. */
  const put = async (what: Item, condition: Condition): Promise<boolean> => {
    const item: Item = { ...what, writtenBy: { S: randomUUID() } };
    try {
      await client.send(new PutItemCommand({ TableName: table, Item: item, ...condition }));
      return true;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
      // When the answer to a write is lost, the SDK repeats it, and meets what it wrote itself.
      const there = await get(item['environment']?.S ?? '');
      return there?.['writtenBy']?.S !== undefined && there['writtenBy'].S === item['writtenBy']?.S;
    }
  };

  const load = async (environment: string) => {
    const item = await get(environment);
    if (item === null) return null;
    const read = readItem(item);
    if (read.kind === 'state') return { state: read.state, version: read.version };
    throw notAState(`The item ${environment} of the DynamoDB table ${table}`, read);
  };

  const save = async (state: State, expected: number | null) =>
    put(itemOf({ state, version: (expected ?? 0) + 1 }, now()), expected === null ? isFree : hasVersion(expected));

  /** The item stays until a new one is written: when the process is killed before that, the next one says that it is unreadable. */
  const putAside = async (environment: string) => {
    const item = await get(environment);
    const keptAs = item?.['keptAs']?.S ?? asideName(environment, '#', now());
    if (item === null || item['keptAs'] !== undefined || readItem(item).kind !== 'unreadable') return keptAs;
    await put({ ...item, environment: { S: keptAs }, expiresAt: expiry(now()) }, isFree);
    await put({ ...item, keptAs: { S: keptAs } }, isStill(item));
    return keptAs;
  };

  return {
    load: (environment) => orTrouble(load(environment)),
    save: (state, expected) => orTrouble(save(state, expected)),
    putAside: (environment) => orTrouble(putAside(environment)),
  };
};
