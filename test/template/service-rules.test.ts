import { describe, expect, test } from 'vitest';
import { listOf, objectOf, textOf } from '../../scripts/template/intrinsics.ts';
import { everything, ofType, stackWith } from '../../scripts/template/stack.ts';
import { serviceRules } from './service-rules.ts';

const stacks = [
  ['the defaults', stackWith()],
  ['every option', stackWith(everything)],
] as const;

describe.each(serviceRules)('$rule ($source)', ({ breaches, broken }) => {
  test.each(stacks)('the stack with %s can be created', (_, stack) => {
    expect(breaches(stack)).toEqual([]);
  });

  test('a stack that breaks the rule is found', () => {
    expect(breaches(broken)).not.toEqual([]);
  });
});

describe.each(stacks)('the topics of the stack with %s', (_, stack) => {
  test('accept alarms of this account only', () => {
    const told = ofType(stack, 'AWS::SNS::TopicPolicy').flatMap(({ properties }) =>
      listOf(objectOf(properties['PolicyDocument'])['Statement']).map((statement) => ({
        ...objectOf(statement),
        topics: properties['Topics'],
      })),
    );
    const topics = ofType(stack, 'AWS::SNS::Topic').map(({ name }) => `<${name}>`);

    expect(told.map(({ topics }) => listOf(topics).map(textOf))).toEqual(topics.map((topic) => [topic]));
    for (const statement of told) {
      expect(statement).toMatchObject({
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
      });
    }
  });
});
