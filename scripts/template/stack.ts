import { readFileSync } from 'node:fs';
import {
  createResolver,
  type JsonObject,
  listOf,
  objectOf,
  type Parameters,
  readTemplate,
  textOf,
} from './intrinsics.ts';

export const templateFile = new URL('../../template.yaml', import.meta.url);
export const templateText = readFileSync(templateFile, 'utf8');
export const template: JsonObject = readTemplate(templateText);

export interface Resource {
  readonly name: string;
  readonly type: string;
  readonly properties: JsonObject;
}

/** Parameters without a default. */
export const required: Parameters = {
  ApiKeySecretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hokusai/synthetics-AbCdEf',
};

/** Turns on every optional part. */
export const everything: Parameters = {
  ApiKeySecretField: 'key',
  ApiKeyKmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d',
  RunbookUrl: 'https://docs.hokus.test/runbook.md',
  AlertEmail: 'on-call@hokus.test',
  WebhookSecretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hokusai/webhook-GhIjKl',
  ChannelSecretArns: ['arn:aws:secretsmanager:us-east-1:123456789012:secret:hokusai/pagerduty-StUvWx'],
  HeartbeatSecretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hokusai/heartbeat-MnOpQr',
  Tracing: 'on',
  PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary',
  OtherKmsKeyArns: ['arn:aws:kms:us-east-1:123456789012:key/1b2c3d4e'],
  SlackWorkspaceId: 'T0123',
  SlackChannelId: 'C0123',
  Confirm: 'on',
  VpcSubnetIds: ['subnet-1', 'subnet-2'],
  VpcSecurityGroupId: 'sg-0123',
  VpcMlflowUrl: 'http://mlflow.hokusai-development.local:5000/health',
  ReserveConcurrency: 'on',
  DeployHook: 'on',
  DeployHookGroup: 'AppECS-hokusai/DgpECS-hokusai-*',
  DeployHookWaitFor: '2026.6.1',
};

/** What CloudFormation's answer to these parameters is, before it creates anything: the assertions that do not hold. */
export const refusalsOf = (parameters: Parameters): readonly string[] => {
  const { holds } = createResolver(template, { ...required, ...parameters });
  return Object.values(objectOf(template['Rules'])).flatMap((rule) => {
    const { RuleCondition, Assertions } = objectOf(rule);
    if (RuleCondition !== undefined && !holds(RuleCondition)) return [];
    return listOf(Assertions)
      .map(objectOf)
      .filter(({ Assert = null }) => !holds(Assert))
      .map(({ AssertDescription }) => textOf(AssertDescription));
  });
};

/** An output of a deployment. */
export const outputWith = (name: string, parameters: Parameters): string => {
  const { resolve } = createResolver(template, { ...required, ...parameters });
  return textOf(resolve(objectOf(objectOf(template['Outputs'])[name])['Value']));
};

/** The resources of a deployment with these parameters, with all functions evaluated. */
export const stackWith = (parameters: Parameters = {}): readonly Resource[] => {
  const { resolve, conditionHolds } = createResolver(template, { ...required, ...parameters });
  const globals = objectOf(objectOf(template['Globals'])['Function']);
  return Object.entries(objectOf(template['Resources'])).flatMap(([name, resource]): readonly Resource[] => {
    const { Type, Properties = {}, Condition } = objectOf(resource);
    if (Condition !== undefined && !conditionHolds(textOf(Condition))) return [];
    const type = textOf(Type);
    const own = objectOf(Properties);
    const properties = type === 'AWS::Serverless::Function' ? { ...globals, ...own } : own;
    return [{ name, type, properties: objectOf(resolve(properties)) }];
  });
};

export const ofType = (stack: readonly Resource[], type: string): readonly Resource[] =>
  stack.filter((resource) => resource.type === type);
