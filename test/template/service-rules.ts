import { type Json, type JsonObject, listOf, objectOf, textOf } from '../../scripts/template/intrinsics.ts';
import { ofType, type Resource } from '../../scripts/template/stack.ts';

/** A rule that an AWS service enforces when a stack is created. No linter and no emulator knows it. */
export interface ServiceRule {
  readonly rule: string;
  /** The page of AWS's documentation that states it. */
  readonly source: string;
  /** Where a stack breaks it. */
  readonly breaches: (stack: readonly Resource[]) => readonly string[];
  /** A stack that breaks it: a rule that finds nothing here checks nothing. */
  readonly broken: readonly Resource[];
}

/** A policy in a resource, with the property where it stands. */
interface Policy {
  readonly at: string;
  readonly statements: readonly JsonObject[];
}

const texts = (value: Json | undefined): readonly string[] => listOf(value).map(textOf);

const policiesOf = ({ name, properties }: Resource): readonly Policy[] => {
  const documents: readonly (readonly [property: string, document: Json | undefined])[] = [
    ...['PolicyDocument', 'KeyPolicy', 'AssumeRolePolicyDocument'].map((one) => [one, properties[one]] as const),
    ...listOf(properties['Policies'])
      .map(objectOf)
      .map((one) => [textOf(one['PolicyName']), one['PolicyDocument']] as const),
  ];
  return documents.flatMap(([property, document]) =>
    document === undefined
      ? []
      : [{ at: `${name} ${property}`, statements: listOf(objectOf(document)['Statement']).map(objectOf) }],
  );
};

const isWithin = (value: Json | undefined, least: number, most: number): boolean =>
  Number(value) >= least && Number(value) <= most;

const topicPoliciesIn = (stack: readonly Resource[]): readonly Resource[] => ofType(stack, 'AWS::SNS::TopicPolicy');

const topicPolicy = (topics: readonly string[], ...statements: readonly JsonObject[]): Resource => ({
  name: 'Broken',
  type: 'AWS::SNS::TopicPolicy',
  properties: { Topics: topics, PolicyDocument: { Version: '2012-10-17', Statement: statements } },
});

const statement = (Sid: string, Resource: Json, Action: Json = 'sns:Publish'): JsonObject => ({
  Sid,
  Effect: 'Allow',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Action,
  Resource,
});

const snsPolicies =
  'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html';

/** "Valid Amazon SNS policy actions" on that page. A wildcard reaches beyond them and is refused as out of scope. */
const topicActions: ReadonlySet<string> = new Set(
  [
    'AddPermission',
    'DeleteTopic',
    'GetDataProtectionPolicy',
    'GetTopicAttributes',
    'ListSubscriptionsByTopic',
    'ListTagsForResource',
    'Publish',
    'PutDataProtectionPolicy',
    'RemovePermission',
    'SetTopicAttributes',
    'Subscribe',
  ].map((action) => `sns:${action}`.toLowerCase()),
);

const repeated = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];

export const serviceRules: readonly ServiceRule[] = [
  {
    rule: "a topic's policy covers that topic only: one resource per statement",
    source: snsPolicies,
    breaches: (stack) =>
      topicPoliciesIn(stack).flatMap((resource) => {
        const topics = texts(resource.properties['Topics']);
        return policiesOf(resource).flatMap(({ at, statements }) =>
          statements
            .map(({ Resource }) => texts(Resource))
            .filter((covered) => topics.length !== 1 || covered.length !== 1 || covered[0] !== topics[0])
            .map((covered) => `${at}: ${covered.join(' and ')} in a policy of ${topics.join(' and ')}`),
        );
      }),
    broken: [topicPolicy(['<A>', '<B>'], statement('AlarmsMayTell', ['<A>', '<B>']))],
  },
  {
    rule: 'a topic has one policy: the second one would replace the first',
    source: 'https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html',
    breaches: (stack) => repeated(topicPoliciesIn(stack).flatMap(({ properties }) => texts(properties['Topics']))),
    broken: [topicPolicy(['<A>'], statement('One', '<A>')), topicPolicy(['<A>'], statement('Two', '<A>'))],
  },
  {
    rule: "each statement of a topic's policy has a Sid",
    source: snsPolicies,
    breaches: (stack) =>
      topicPoliciesIn(stack)
        .flatMap(policiesOf)
        .filter(({ statements }) => statements.some(({ Sid }) => Sid === undefined))
        .map(({ at }) => at),
    broken: [topicPolicy(['<A>'], { Effect: 'Allow', Action: 'sns:Publish', Resource: '<A>' })],
  },
  {
    rule: 'a Sid is letters and digits, and unique within its policy',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html',
    breaches: (stack) =>
      stack.flatMap(policiesOf).flatMap(({ at, statements }) => {
        const sids = statements.flatMap(({ Sid }) => texts(Sid));
        return [...repeated(sids), ...sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))].map((sid) => `${at}: ${sid}`);
      }),
    broken: [topicPolicy(['<A>'], statement('AlarmsMayTell', '<A>'), statement('AlarmsMayTell', '<A>'))],
  },
  {
    rule: "the actions in a topic's policy are those of a topic",
    source: snsPolicies,
    breaches: (stack) =>
      topicPoliciesIn(stack)
        .flatMap(policiesOf)
        .flatMap(({ at, statements }) =>
          statements
            .flatMap(({ Action }) => texts(Action))
            .filter((action) => !topicActions.has(action.toLowerCase()))
            .map((action) => `${at}: ${action}`),
        ),
    broken: [topicPolicy(['<A>'], statement('AlarmsMayTell', '<A>', ['sns:Publish', 'sns:*', 'sqs:SendMessage']))],
  },
  {
    rule: 'an alarm of an expression returns one series, from at most ten metrics, whose ids begin with a small letter',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html',
    breaches: (stack) =>
      ofType(stack, 'AWS::CloudWatch::Alarm')
        .filter(({ properties }) => properties['Metrics'] !== undefined)
        .filter(({ properties }) => {
          const queries = listOf(properties['Metrics']).map(objectOf);
          return (
            queries.filter(({ ReturnData }) => ReturnData !== false).length !== 1 ||
            queries.filter(({ MetricStat }) => MetricStat !== undefined).length > 10 ||
            queries.some(({ Id }) => !/^[a-z][A-Za-z0-9_]*$/.test(textOf(Id))) ||
            properties['Period'] !== undefined
          );
        })
        .map(({ name }) => name),
    broken: [
      {
        name: 'Broken',
        type: 'AWS::CloudWatch::Alarm',
        properties: {
          Metrics: [
            { Id: 'both', Expression: 'a + b' },
            { Id: 'a', MetricStat: {} },
          ],
        },
      },
    ],
  },
  {
    rule: 'an asynchronous event is kept for 60 s to 6 h and retried twice at most',
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html',
    breaches: (stack) =>
      ofType(stack, 'AWS::Serverless::Function').flatMap(({ name, properties }) => {
        if (properties['EventInvokeConfig'] === undefined) return [];
        const { MaximumEventAgeInSeconds: age, MaximumRetryAttempts: retries } = objectOf(
          properties['EventInvokeConfig'],
        );
        return isWithin(age, 60, 21_600) && isWithin(retries, 0, 2) ? [] : [name];
      }),
    broken: [
      {
        name: 'Broken',
        type: 'AWS::Serverless::Function',
        properties: { EventInvokeConfig: { MaximumEventAgeInSeconds: 30, MaximumRetryAttempts: 0 } },
      },
    ],
  },
  {
    rule: 'a schedule has a name of 64 characters at most, and keeps events for 60 s to a day',
    source: 'https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html',
    breaches: (stack) =>
      ofType(stack, 'AWS::Serverless::Function').flatMap(({ name, properties }) =>
        Object.values(objectOf(properties['Events'] ?? {}))
          .map((event) => objectOf(objectOf(event)['Properties']))
          .filter(({ Name, RetryPolicy }) => {
            const { MaximumEventAgeInSeconds: age, MaximumRetryAttempts: retries } = objectOf(RetryPolicy);
            const isName = /^[A-Za-z0-9_.-]{1,64}$/.test(textOf(Name));
            return !isName || !isWithin(age, 60, 86_400) || !isWithin(retries, 0, 185);
          })
          .map(() => name),
      ),
    broken: [
      {
        name: 'Broken',
        type: 'AWS::Serverless::Function',
        properties: {
          Events: {
            Late: {
              Properties: { Name: 'a name', RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 } },
            },
          },
        },
      },
    ],
  },
  {
    rule: 'a secret is named by its whole ARN, with the six characters at its end',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html',
    breaches: (stack) =>
      stack.flatMap(policiesOf).flatMap(({ at, statements }) =>
        statements
          .flatMap(({ Resource }) => texts(Resource))
          .filter((arn) => arn.includes(':secret:') && !/-[A-Za-z0-9]{6}$/.test(arn))
          .map((arn) => `${at}: ${arn}`),
      ),
    broken: [
      topicPolicy(
        ['<A>'],
        statement('ReadKey', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hokusai/synthetics'),
      ),
    ],
  },
];
