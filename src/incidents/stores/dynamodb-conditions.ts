import type { PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './dynamodb-item.ts';

/**
 * The condition of a write. It uses aliases for attributes, because some names, such as `state`, are reserved words.
 */
export type Condition = Pick<
  PutItemCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** No item exists, or it is unreadable and was put aside. */
export const isFree: Condition = {
  ConditionExpression: 'attribute_not_exists(#environment) OR attribute_exists(#keptAs)',
  ExpressionAttributeNames: { '#environment': 'environment', '#keptAs': 'keptAs' },
};

export const hasVersion = (version: number): Condition => ({
  ConditionExpression: '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': { N: String(version) } },
});

/** The item is still the one that was read. Its contents can be anything, so every attribute of ours is compared. */
export const isStill = (item: Item): Condition => {
  const compared = ['version', 'state', 'writtenBy', 'keptAs'];
  const values = Object.entries(item).filter(([name]) => compared.includes(name));
  return {
    ConditionExpression: compared
      .map((name) => (name in item ? `#${name} = :${name}` : `attribute_not_exists(#${name})`))
      .join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(compared.map((name) => [`#${name}`, name])),
    ...(values.length === 0
      ? {}
      : { ExpressionAttributeValues: Object.fromEntries(values.map(([name, value]) => [`:${name}`, value])) }),
  };
};
