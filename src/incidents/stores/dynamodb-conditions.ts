import type { PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './dynamodb-item.ts';

/** Under which a write takes place. Attributes go by aliases, for `state`, among others, is a reserved word. */
export type Condition = Pick<
  PutItemCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** Nothing is there, or what cannot be read and was put aside. */
export const isFree: Condition = {
  ConditionExpression: 'attribute_not_exists(#environment) OR attribute_exists(#keptAs)',
  ExpressionAttributeNames: { '#environment': 'environment', '#keptAs': 'keptAs' },
};

export const hasVersion = (version: number): Condition => ({
  ConditionExpression: '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': { N: String(version) } },
});

/** What is there is what was read. It can be anything, so all that is ours is compared. */
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
