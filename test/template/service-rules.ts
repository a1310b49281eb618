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
];
