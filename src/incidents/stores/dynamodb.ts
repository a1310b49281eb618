import { randomUUID } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { within } from '../../model/within.ts';
import type { State } from '../state.ts';
import type { IncidentStore } from '../store.ts';
import { asideName } from './aside-name.ts';
import { type Condition, hasVersion, isFree, isStill } from './dynamodb-conditions.ts';
import { expiry, type Item, itemOf, readItem } from './dynamodb-item.ts';
import { dynamoTrouble } from './dynamodb-trouble.ts';
import { notAState } from './wording.ts';

export interface DynamoStoreOptions {
  readonly client: Pick<DynamoDBClient, 'send'>;
  /** The table has the partition key `environment` (S), and time to live on `expiresAt`. */
  readonly table: string;
  /** Unix time, ms. */
  readonly now?: () => number;
  /** Limit for one call with all its retries, ms. */
  readonly callMs?: number;
}

/** DynamoDB answers within milliseconds, but a person's credentials may come from a slow program. */
const defaultCallMs = 30_000;

/** Options that the SDK accepts beside a command. */
interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/** One item per environment. Needs dynamodb:GetItem and dynamodb:PutItem. */
export const createDynamoStore = ({
  client,
  table,
  now = Date.now,
  callMs = defaultCallMs,
}: DynamoStoreOptions): IncidentStore => {
  const inTime = <T>(signal: AbortSignal | undefined, call: (options: SendOptions) => Promise<T>): Promise<T> =>
    within({ failing: 'DynamoDB did not answer', ms: callMs, signal }, (abortSignal) => call({ abortSignal }));

  const orTrouble = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw dynamoTrouble(table, error);
    });

  const get = async (environment: string, signal: AbortSignal | undefined): Promise<Item | null> => {
    const input = { TableName: table, Key: { environment: { S: environment } }, ConsistentRead: true };
    const { Item: item } = await inTime(signal, (options) => client.send(new GetItemCommand(input), options));
    return item ?? null;
  };

  /** False: the stored item is not the expected one. */
  const put = async (what: Item, condition: Condition, signal: AbortSignal | undefined): Promise<boolean> => {
    const item: Item = { ...what, writtenBy: { S: randomUUID() } };
    const input = { TableName: table, Item: item, ...condition };
    try {
      await inTime(signal, (options) => client.send(new PutItemCommand(input), options));
      return true;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
      // When the response to a write is lost, the SDK retries and finds the item that it wrote itself.
      const there = await get(item['environment']?.S ?? '', signal);
      return there?.['writtenBy']?.S !== undefined && there['writtenBy'].S === item['writtenBy']?.S;
    }
  };

  const load = async (environment: string, signal: AbortSignal | undefined) => {
    const item = await get(environment, signal);
    if (item === null) return null;
    const read = readItem(item);
    if (read.kind === 'state') return { state: read.state, version: read.version };
    throw notAState(`The item ${environment} of the DynamoDB table ${table}`, read);
  };

  const save = async (state: State, expected: number | null, signal: AbortSignal | undefined) =>
    put(
      itemOf({ state, version: (expected ?? 0) + 1 }, now()),
      expected === null ? isFree : hasVersion(expected),
      signal,
    );

  /**
   * The item stays until a new one replaces it. If the process is killed before that, the next run reports the item as
   * unreadable again.
   */
  const putAside = async (environment: string, signal: AbortSignal | undefined) => {
    const item = await get(environment, signal);
    const keptAs = item?.['keptAs']?.S ?? asideName(environment, '#', now());
    if (item === null || item['keptAs'] !== undefined || readItem(item).kind !== 'unreadable') return keptAs;
    await put({ ...item, environment: { S: keptAs }, expiresAt: expiry(now()) }, isFree, signal);
    await put({ ...item, keptAs: { S: keptAs } }, isStill(item), signal);
    return keptAs;
  };

  return {
    load: (environment, signal) => orTrouble(load(environment, signal)),
    save: (state, expected, signal) => orTrouble(save(state, expected, signal)),
    putAside: (environment, signal) => orTrouble(putAside(environment, signal)),
  };
};
