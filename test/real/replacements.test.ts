import { beforeAll, expect, test } from 'vitest';
import {
  type Json,
  type JsonObject,
  listOf,
  objectOf,
  type Parameters,
  textOf,
} from '../../scripts/template/intrinsics.ts';
import { everything, type Resource, required, stackWith, template } from '../../scripts/template/stack.ts';
import { cloudFormationSchemas } from '../setup/cloudformation-schemas.ts';
import { describeWith } from '../setup/real-parts.ts';

const deployed: Parameters = { ...required, ...everything };

/** Another value that the parameter allows. */
const otherValue = (name: string, { AllowedValues, MinValue, Default }: JsonObject): Json => {
  const now = deployed[name] ?? Default ?? '';
  if (AllowedValues !== undefined) return listOf(AllowedValues).find((one) => one !== now) ?? null;
  if (MinValue !== undefined) return Number(now) + 1;
  if (name === 'SlackWorkspaceId') return 'T9999';
  return Array.isArray(now) ? [...now, `${textOf(now[0] ?? '')}9`] : `${textOf(now)}9`;
};

/** What docs/deploy.md says about updates: the resources that a changed parameter replaces. */
const expected: Readonly<Record<string, readonly string[]>> = {
  AlertEmail: ['AWS::SNS::Subscription'],
  EnvironmentName: [
    'AWS::Chatbot::CustomAction',
    'AWS::Chatbot::SlackChannelConfiguration',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::CompositeAlarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::KMS::Alias',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::Scheduler::Schedule',
  ],
  SlackWorkspaceId: ['AWS::Chatbot::SlackChannelConfiguration'],
};

/** SAM's resources as what CloudFormation makes of them. */
const plain = (resource: Resource): readonly Resource[] => {
  if (resource.type !== 'AWS::Serverless::Function') return [resource];
  const schedules = Object.entries(objectOf(resource.properties['Events'] ?? {})).map(([event, one]) => ({
    name: `${resource.name}${event}`,
    type: 'AWS::Scheduler::Schedule',
    properties: objectOf(objectOf(one)['Properties']),
  }));
  return [{ ...resource, type: 'AWS::Lambda::Function' }, ...schedules];
};

describeWith('sam', 'an update of the stack', () => {
  let createOnly: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    createOnly = new Map(
      [...(await cloudFormationSchemas())].map(([type, { createOnlyProperties }]) => [
        type,
        listOf(createOnlyProperties).map((path) => textOf(path).replace('/properties/', '')),
      ]),
    );
  }, 120_000);

  const replacedBy = (parameter: string, value: Json): readonly string[] => {
    const after = new Map(
      stackWith({ ...deployed, [parameter]: value })
        .flatMap(plain)
        .map((one) => [one.name, one]),
    );
    const replaced = stackWith(deployed)
      .flatMap(plain)
      .filter(({ name, type, properties }) =>
        (createOnly.get(type) ?? []).some((property) => {
          const then = after.get(name)?.properties;
          return then !== undefined && JSON.stringify(then[property]) !== JSON.stringify(properties[property]);
        }),
      );
    return [...new Set(replaced.map(({ type }) => type))].toSorted();
  };

  test('replaces resources for three parameters only, as docs/deploy.md says', () => {
    const found = Object.entries(objectOf(template['Parameters']))
      .map(([name, parameter]) => [name, replacedBy(name, otherValue(name, objectOf(parameter)))] as const)
      .filter(([, types]) => types.length > 0);

    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test('never replaces the table of incidents, the topics, their key or the queue', () => {
    const kept = ['AWS::DynamoDB::Table', 'AWS::SNS::Topic', 'AWS::KMS::Key', 'AWS::SQS::Queue'];

    expect(
      Object.values(expected)
        .flat()
        .filter((type) => kept.includes(type)),
    ).toEqual([]);
  });
});
