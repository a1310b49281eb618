import { describe, expect, test } from 'vitest';
import { listOf, objectOf, textOf } from '../../scripts/template/intrinsics.ts';
import { everything, ofType, stackWith, template } from '../../scripts/template/stack.ts';
import { serviceRules } from './service-rules.ts';
import { textRules } from './text-rules.ts';

/** The longest values that the parameters allow, as far as they reach names and texts. */
const longest = {
  ...everything,
  EnvironmentName: 'e'.repeat(32),
  RunbookUrl: `https://docs.hokus.test/${'r'.repeat(376)}`,
  ...Object.fromEntries(
    ['ApiKeySecretArn', 'WebhookSecretArn', 'HeartbeatSecretArn'].map((name) => [
      name,
      `arn:aws:secretsmanager:us-east-1:123456789012:secret:${'s'.repeat(200)}-AbCdEf`,
    ]),
  ),
};

const stacks = [
  ['the defaults', stackWith()],
  ['every option', stackWith(everything)],
  ['the longest values', stackWith(longest)],
] as const;

describe.each([...serviceRules, ...textRules])('$rule ($source)', ({ breaches, broken }) => {
  test.each(stacks)('the stack with %s can be created', (_, stack) => {
    expect(breaches(stack)).toEqual([]);
  });

  test('a stack that breaks the rule is found', () => {
    expect(breaches(broken)).not.toEqual([]);
  });
});

test('descriptions of parameters, rules and outputs are ASCII, too', () => {
  const { Resources: _, ...rest } = template;

  expect(JSON.stringify(rest).match(/[^\x20-\x7e]/g) ?? []).toEqual([]);
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
