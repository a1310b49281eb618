import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type ParsedState, parseState } from '../state-schema.ts';
import { type Stored, StoreError } from '../store.ts';

/** The attributes of an item. `environment` is the partition key. */
export type Item = Record<string, AttributeValue>;

/** The item of a monitor that no longer runs expires. Each write restarts the time. */
const keptSeconds = 30 * 86_400;
/** DynamoDB limits an item to 409,600 bytes, names included. The difference is for the other attributes. */
const stateBytesLimit = 400_000;

export const expiry = (now: number): AttributeValue => ({ N: String(Math.floor(now / 1_000) + keptSeconds) });

export const itemOf = ({ state, version }: Stored, now: number): Item => {
  const json = JSON.stringify(state);
  const bytes = Buffer.byteLength(json);
  if (bytes > stateBytesLimit)
    throw new StoreError(
      'unavailable',
      `The incidents of ${state.environment} take ${Math.ceil(bytes / 1_000)} KB, and DynamoDB takes 400 KB at most: ${state.outbox.length} events are waiting; they go when the channels that refuse them work again or are removed from the configuration`,
    );
  return {
    environment: { S: state.environment },
    version: { N: String(version) },
    state: { S: json },
    expiresAt: expiry(now),
  };
};

export type ReadItem = ({ readonly kind: 'state' } & Stored) | Exclude<ParsedState, { readonly kind: 'state' }>;

export const readItem = (item: Item): ReadItem => {
  const json = item['state']?.S;
  const version = Number(item['version']?.N);
  if (json === undefined || !Number.isSafeInteger(version) || version < 1)
    return { kind: 'unreadable', reason: 'does not hold incidents' };
  const parsed = parseState(json);
  if (parsed.kind === 'state' && parsed.state.environment !== item['environment']?.S)
    return { kind: 'unreadable', reason: `belongs to another environment, ${parsed.state.environment}` };
  return parsed.kind === 'state' ? { ...parsed, version } : parsed;
};
