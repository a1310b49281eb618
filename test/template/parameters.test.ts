import { describe, expect, test } from 'vitest';
import { objectOf, type Parameters, textOf } from '../../scripts/template/intrinsics.ts';
import { everything, ofType, outputWith, refusalsOf, stackWith, template } from '../../scripts/template/stack.ts';

const webhook = { WebhookSecretArn: everything['WebhookSecretArn'] ?? null };
const slack = { SlackWorkspaceId: 'T0123', SlackChannelId: 'C0123' };

describe('a deployment that notifies nobody', () => {
  test('is refused before anything is created, with what to set', () => {
    expect(refusalsOf({})).toEqual([expect.stringMatching(/AlertEmail, a Slack channel or WebhookSecretArn/)]);
  });

  test.each<[string, Parameters]>([
    ['a mail address', { AlertEmail: 'on-call@hokus.test' }],
    ['a chat', slack],
    ['a webhook', webhook],
    ['an explicit none', { AlertEmail: 'none' }],
    ['everything', everything],
  ])('is not one with %s', (_, parameters) => {
    expect(refusalsOf(parameters)).toEqual([]);
  });

  test('subscribes no address when it is meant', () => {
    expect(ofType(stackWith({ AlertEmail: 'none' }), 'AWS::SNS::Subscription')).toEqual([]);
  });
});

test.each<[string, Parameters]>([
  ['nobody yet', { AlertEmail: 'none' }],
  ['on-call@hokus.test; ', { AlertEmail: 'on-call@hokus.test' }],
  ['on-call@hokus.test; Slack channel C0123; the webhook, without alarms;', everything],
])('the output says who is notified: %s', (expected, parameters) => {
  expect(outputWith('Notifies', parameters)).toBe(expected);
});

describe('other parameters that do not fit together are refused', () => {
  const told = { AlertEmail: 'none' };
  const inVpc = {
    VpcSubnetIds: ['subnet-1'],
    VpcSecurityGroupId: 'sg-0123',
    VpcMlflowUrl: 'http://mlflow.local:5000/health',
  };

  test.each<[string, Parameters]>([
    ['two configurations', { ConfigurationParameter: '/a', ConfigurationFile: 'b.yaml' }],
    ['a workspace without a channel', { SlackWorkspaceId: 'T0123' }],
    ['subnets without a security group', { ...inVpc, VpcSecurityGroupId: '' }],
    ['subnets without an address of MLflow', { ...inVpc, VpcMlflowUrl: '' }],
    ['two configurations inside the VPC', { ...inVpc, VpcConfigurationParameter: '/a' }],
    ['a hook of CodeDeploy without its deployment group', { DeployHook: 'on' }],
  ])('%s', (_, parameters) => {
    expect(refusalsOf({ ...told, ...parameters })).toHaveLength(1);
  });

  test('a hook of ECS needs no deployment group', () => {
    expect(refusalsOf({ ...told, DeployHook: 'ecs' })).toEqual([]);
  });
});

test.each(['ApiKeySecretArn', 'WebhookSecretArn'])(
  '%s must be a whole ARN: a role could not read a shorter one',
  (name) => {
    const { AllowedPattern } = objectOf(objectOf(template['Parameters'])[name]);
    const allowed = new RegExp(`^(?:${textOf(AllowedPattern)})$`);
    const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hokusai/synthetics';

    expect(allowed.test(`${arn}-AbCdEf`)).toBe(true);
    expect(allowed.test(arn)).toBe(false);
  },
);

test('reserved concurrency is off by default: a new account has ten executions, and all of them must stay unreserved', () => {
  const reserved = (parameters: Parameters) =>
    ofType(stackWith(parameters), 'AWS::Serverless::Function').filter(
      ({ properties }) => properties['ReservedConcurrentExecutions'] !== undefined,
    );

  expect(reserved({ VpcSubnetIds: ['subnet-1'], VpcSecurityGroupId: 'sg-0123' })).toEqual([]);
  expect(reserved(everything).map(({ name }) => name)).toEqual(['ProbeFunction', 'ProbeInVpcFunction']);
});
