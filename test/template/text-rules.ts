import { type Json, listOf, objectOf, textOf } from '../../scripts/template/intrinsics.ts';
import { ofType, type Resource } from '../../scripts/template/stack.ts';
import type { ServiceRule } from './service-rules.ts';

/** Every text in a value, with its place. */
const textsIn = (value: Json, at: string): readonly (readonly [at: string, text: string])[] => {
  if (typeof value === 'string') return [[at, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsIn(each as Json, `${at}.${key}`));
};

/** Properties that may be no longer than this, by resource type. */
const longest: readonly (readonly [type: string, property: string, characters: number, source: string])[] = [
  ['AWS::CloudWatch::Alarm', 'AlarmName', 255, 'AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html'],
  ['AWS::CloudWatch::Alarm', 'AlarmDescription', 1_024, 'AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html'],
  [
    'AWS::CloudWatch::CompositeAlarm',
    'AlarmName',
    255,
    'AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html',
  ],
  [
    'AWS::CloudWatch::CompositeAlarm',
    'AlarmDescription',
    1_024,
    'AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html',
  ],
  [
    'AWS::CloudWatch::CompositeAlarm',
    'AlarmRule',
    10_240,
    'AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html',
  ],
  ['AWS::CloudWatch::Dashboard', 'DashboardName', 255, 'AmazonCloudWatch/latest/APIReference/API_PutDashboard.html'],
  ['AWS::Serverless::Function', 'FunctionName', 64, 'lambda/latest/api/API_CreateFunction.html'],
  ['AWS::Serverless::Function', 'Description', 256, 'lambda/latest/api/API_CreateFunction.html'],
  ['AWS::IAM::Role', 'Description', 1_000, 'IAM/latest/APIReference/API_CreateRole.html'],
  ['AWS::IAM::ManagedPolicy', 'Description', 1_000, 'IAM/latest/APIReference/API_CreatePolicy.html'],
  ['AWS::KMS::Key', 'Description', 8_192, 'kms/latest/APIReference/API_CreateKey.html'],
  ['AWS::KMS::Alias', 'AliasName', 256, 'kms/latest/APIReference/API_CreateAlias.html'],
  ['AWS::SNS::Topic', 'DisplayName', 100, 'sns/latest/api/API_SetTopicAttributes.html'],
  ['AWS::Logs::LogGroup', 'LogGroupName', 512, 'AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html'],
  ['AWS::Chatbot::CustomAction', 'ActionName', 64, 'chatbot/latest/APIReference/API_CustomAction.html'],
];

const lengthRules: readonly ServiceRule[] = longest.map(([type, property, characters, page]) => ({
  rule: `${property} of ${type} has ${characters} characters at most`,
  source: `https://docs.aws.amazon.com/${page}`,
  breaches: (stack) =>
    ofType(stack, type)
      .filter(({ properties }) => textOf(properties[property] ?? '').length > characters)
      .map(({ name }) => name),
  broken: [{ name: 'Broken', type, properties: { [property]: 'x'.repeat(characters + 1) } }],
}));

/** Characters of a policy that IAM counts: all but white space. */
const counted = (document: Json | undefined): number => JSON.stringify(document ?? {}).replace(/\s/g, '').length;

const dashboardOf = ({ properties }: Resource) => {
  const { widgets } = objectOf(JSON.parse(textOf(properties['DashboardBody'])));
  return listOf(widgets).map(objectOf);
};

const dashboard = (widgets: readonly Json[]): Resource => ({
  name: 'Broken',
  type: 'AWS::CloudWatch::Dashboard',
  properties: { DashboardBody: JSON.stringify({ widgets }) },
});

/** Limits of the services on texts. No linter knows all of them. */
export const textRules: readonly ServiceRule[] = [
  ...lengthRules,
  {
    // CloudFormation hands every other character on as "?". Some services show it, and IAM refuses it, as the page found.
    rule: 'properties are ASCII',
    source: 'https://zenn.dev/kenpi/articles/d6d64d547e5146',
    breaches: (stack) =>
      stack.flatMap(({ name, properties }) =>
        textsIn(properties, name)
          .filter(([, text]) => /[^\t\n\r\x20-\x7e]/.test(text))
          .map(([at]) => at),
      ),
    broken: [{ name: 'Broken', type: 'AWS::IAM::Role', properties: { Description: 'the user’s role' } }],
  },
  {
    rule: 'a managed policy has 6,144 characters at most, and the inline policies of a role 10,240',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
    breaches: (stack) => [
      ...ofType(stack, 'AWS::IAM::ManagedPolicy')
        .filter(({ properties }) => counted(properties['PolicyDocument']) > 6_144)
        .map(({ name }) => name),
      ...ofType(stack, 'AWS::IAM::Role')
        .filter(({ properties }) => counted(properties['Policies']) > 10_240)
        .map(({ name }) => name),
    ],
    broken: [
      {
        name: 'Broken',
        type: 'AWS::IAM::ManagedPolicy',
        properties: { PolicyDocument: { Statement: 'x'.repeat(6_144) } },
      },
    ],
  },
  {
    rule: 'a dashboard has 500 widgets at most, within 24 columns',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html',
    breaches: (stack) =>
      ofType(stack, 'AWS::CloudWatch::Dashboard')
        .filter((one) => {
          const widgets = dashboardOf(one);
          return widgets.length > 500 || widgets.some(({ x, width }) => Number(x) + Number(width) > 24);
        })
        .map(({ name }) => name),
    broken: [dashboard([{ x: 12, width: 13 }])],
  },
  {
    rule: 'a graph has 500 metrics at most, and a dashboard 2,500',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
    breaches: (stack) =>
      ofType(stack, 'AWS::CloudWatch::Dashboard')
        .filter((one) => {
          const metrics = dashboardOf(one).map(
            ({ properties }) => listOf(objectOf(properties ?? {})['metrics']).length,
          );
          return metrics.some((count) => count > 500) || metrics.reduce((sum, count) => sum + count, 0) > 2_500;
        })
        .map(({ name }) => name),
    broken: [dashboard([{ x: 0, width: 6, properties: { metrics: Array.from({ length: 501 }, () => ['a', 'b']) } }])],
  },
  {
    rule: 'the environment of a function has 4 KB at most',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    breaches: (stack) =>
      ofType(stack, 'AWS::Serverless::Function')
        .filter(
          ({ properties }) =>
            JSON.stringify(objectOf(properties['Environment'] ?? {})['Variables'] ?? {}).length > 4_096,
        )
        .map(({ name }) => name),
    broken: [
      {
        name: 'Broken',
        type: 'AWS::Serverless::Function',
        properties: { Environment: { Variables: { A: 'x'.repeat(4_096) } } },
      },
    ],
  },
];
