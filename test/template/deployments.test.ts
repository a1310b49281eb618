import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { listOf, objectOf, readTemplate, textOf } from '../../scripts/template/intrinsics.ts';
import { ofType, stackWith } from '../../scripts/template/stack.ts';

const root = join(import.meta.dirname, '..', '..');
const guide = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8');
const action = objectOf(parse(readFileSync(join(root, 'action.yml'), 'utf8')));

/** The guide's first YAML example that contains this text. */
const example = (text: string) => {
  const [, found = ''] = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].find(([, yaml]) => yaml?.includes(text)) ?? [];
  return found;
};

const configurationOf = (text: string) => objectOf(readTemplate(example(text))['DeploymentConfiguration']);

describe('the guide’s examples for services on ECS', () => {
  test('roll a rolling update back for metric alarms that this stack has', () => {
    const alarms = objectOf(configurationOf('AlarmNames')['Alarms']);
    const metricAlarms = ofType(stackWith(), 'AWS::CloudWatch::Alarm').map(({ properties }) =>
      textOf(properties['AlarmName']),
    );

    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-deploymentalarms.html
    expect(alarms).toEqual({ AlarmNames: expect.anything(), Enable: true, Rollback: true });
    const names = listOf(alarms['AlarmNames']).map(textOf);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !metricAlarms.includes(name))).toEqual([]);
  });

  test('call the hook’s function with its role, after the traffic has been shifted', () => {
    const [hook] = listOf(configurationOf('LifecycleHooks')['LifecycleHooks']).map(objectOf);
    const [deployed] = ofType(stackWith({ DeployHook: 'ecs' }), 'AWS::Serverless::Function').filter(
      ({ name }) => name === 'DeployHookFunction',
    );

    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-deploymentlifecyclehook.html
    expect(Object.keys(hook ?? {})).toEqual(['HookTargetArn', 'RoleArn', 'LifecycleStages']);
    expect(textOf(hook?.['HookTargetArn'])).toContain(`:function:${textOf(deployed?.properties['FunctionName'])}`);
    expect(textOf(hook?.['RoleArn'])).toContain('-DeployHookEcsRole-');
    expect(hook?.['LifecycleStages']).toEqual(['POST_PRODUCTION_TRAFFIC_SHIFT']);
  });

  test('check in the pipeline once the service is stable, with inputs that the action has', () => {
    const steps = parse(example('services-stable')) as readonly { readonly run?: string; readonly with?: object }[];
    const stable = steps.findIndex(({ run }) => run?.startsWith('aws ecs wait services-stable') === true);
    const inputs = Object.keys(objectOf(action['inputs']));

    expect(stable).toBeGreaterThan(0);
    expect(Object.keys(steps[stable + 1]?.with ?? {})).toEqual(['api-key', 'wait-for', 'baseline']);
    for (const { with: given = {} } of steps) {
      expect(Object.keys(given).filter((name) => !inputs.includes(name))).toEqual([]);
    }
  });
});
