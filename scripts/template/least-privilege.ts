import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pythonWith } from '../../test/setup/environment.ts';
import { run } from '../../test/setup/run.ts';
import { inFolder } from './aws-tools.ts';
import { type Json, type JsonObject, listOf, objectOf, textOf } from './intrinsics.ts';
import { everything, type Resource, stackWith } from './stack.ts';

const limitMs = 120_000;

/** A remark of parliament about one of our policies. */
export interface PolicyFinding {
  readonly policy: string;
  readonly issue: string;
  readonly severity: string;
  readonly detail: string;
}

/** ARNs in place of references, which parliament does not know. */
const arns: Readonly<Record<string, string>> = {
  'AWS::SNS::Topic': 'sns:us-east-1:123456789012:hokusai',
  'AWS::SQS::Queue': 'sqs:us-east-1:123456789012:hokusai',
  'AWS::DynamoDB::Table': 'dynamodb:us-east-1:123456789012:table/hokusai',
  'AWS::KMS::Key': 'kms:us-east-1:123456789012:key/0a1b2c3d',
  'AWS::Logs::LogGroup': 'logs:us-east-1:123456789012:log-group:hokusai:*',
  'AWS::Serverless::Function': 'lambda:us-east-1:123456789012:function:hokusai',
};

const withArns = (value: Json, stack: readonly Resource[]): Json => {
  if (Array.isArray(value)) return value.map((each) => withArns(each, stack));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withArns(each, stack)]));
  const [, name] = /^<(\w+)(?:\.Arn)?>$/.exec(String(value)) ?? [];
  const arn = arns[stack.find((one) => one.name === name)?.type ?? ''];
  return arn === undefined ? value : `arn:aws:${arn}`;
};

/** What every role of the stack may do with all options on; key and topic policies are of another kind. */
export const identityPolicies = (): Readonly<Record<string, JsonObject>> => {
  const stack = stackWith({ ...everything, ConfigurationParameter: '/hokusai/synthetics' });
  const documents = stack.flatMap(({ name, type, properties }): readonly (readonly [string, Json | undefined])[] => {
    if (type === 'AWS::IAM::ManagedPolicy') return [[name, properties['PolicyDocument']]];
    if (type !== 'AWS::IAM::Role') return [];
    return listOf(properties['Policies'])
      .map(objectOf)
      .map((policy) => [`${name} ${textOf(policy['PolicyName'])}`, policy['PolicyDocument']]);
  });
  return Object.fromEntries(documents.map(([name, document]) => [name, objectOf(withArns(objectOf(document), stack))]));
};

/** Parliament's findings, with its community's checks. */
export const lintPolicies = async (
  policies: Readonly<Record<string, JsonObject>>,
): Promise<readonly PolicyFinding[]> => {
  const python = await pythonWith('parliament');
  return inFolder(async (folder) => {
    const file = join(folder, 'policies.json');
    await writeFile(file, JSON.stringify(policies));
    return JSON.parse(await run(python, [join(import.meta.dirname, 'least_privilege.py'), file], { limitMs }));
  });
};
