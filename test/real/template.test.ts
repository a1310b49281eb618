import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { functionNames } from '../../scripts/bundle/lambda.ts';
import { type AwsTools, awsTools } from '../../scripts/template/aws-tools.ts';
import { textOf } from '../../scripts/template/intrinsics.ts';
import { everything, ofType, required, stackWith, templateFile } from '../../scripts/template/stack.ts';
import { pythonWith } from '../setup/environment.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { run } from '../setup/run.ts';

/** SAM starts slowly. */
const patienceMs = 180_000;
const limitMs = 120_000;

interface Created {
  readonly status: string;
  readonly leftOut: readonly string[];
  readonly physical: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly functions: Readonly<
    Record<string, { readonly Runtime: string; readonly Handler: string; readonly variables: Record<string, string> }>
  >;
  readonly table: { readonly keys: readonly object[]; readonly billing: string };
  readonly topicKeys: readonly string[];
  readonly logDays: readonly number[];
}

describeWith(['sam', 'moto'], 'the template on an AWS that creates it', () => {
  let tools: AwsTools;
  let moto: Moto;
  let folder: string;

  beforeAll(async () => {
    [tools, moto] = await Promise.all([awsTools(), startMoto()]);
    folder = await mkdtemp(join(tmpdir(), 'template-'));
    await cp(fileURLToPath(templateFile), join(folder, 'template.yaml'));
    for (const name of functionNames) {
      await mkdir(join(folder, 'dist', 'lambda', name), { recursive: true });
      await writeFile(join(folder, 'dist', 'lambda', name, 'index.mjs'), 'export const handler = () => {};');
    }
  }, patienceMs);
  afterAll(async () => {
    await moto.close();
    await rm(folder, { recursive: true, force: true });
  });

  const createStack = async (file: string, parameters: Readonly<Record<string, string>>): Promise<Created> => {
    const given = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
    const script = join(import.meta.dirname, '..', 'setup', 'create_stack.py');
    return JSON.parse(await run(await pythonWith('moto'), [script, moto.endpoint, file, ...given], { limitMs }));
  };

  const parameters = Object.fromEntries(
    Object.entries({ ...required, ...everything }).map(([name, value]) => [name, [value].flat().map(String).join()]),
  );

  test(
    'is built and packaged by SAM as the guide says, and becomes a stack with every optional part',
    async () => {
      await moto.reset();
      const built = join(folder, 'built');
      const packaged = join(folder, 'packaged.yaml');
      const bucket = { endpoint: moto.endpoint, name: 'the-deployment-bucket' };
      await fetch(`${moto.endpoint}/${bucket.name}`, { method: 'PUT' });
      await tools.build(join(folder, 'template.yaml'), built);
      await tools.packageTo(bucket, join(built, 'template.yaml'), packaged);
      const translated = join(folder, 'translated.json');
      await writeFile(translated, await tools.translate(packaged, parameters));

      const stack = await createStack(translated, parameters);

      expect(await readFile(packaged, 'utf8')).toMatch(/CodeUri: s3:\/\/the-deployment-bucket\//);
      expect(stack.status).toBe('CREATE_COMPLETE');
      expect(stack.functions).toMatchObject({
        ProbeFunction: {
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          variables: { SYNTHETICS_STATE_TABLE: stack.physical['StateTable'] },
        },
        ProbeInVpcFunction: { variables: { SYNTHETICS_TOPIC_CRITICAL: stack.outputs['CriticalTopicArn'] } },
        DeployHookFunction: { variables: { SYNTHETICS_STATE_TABLE: stack.physical['StateTable'] } },
        WidgetFunction: { variables: { SYNTHETICS_STATE_TABLE: stack.physical['StateTable'] } },
        AcknowledgeFunction: { variables: { SYNTHETICS_STATE_TABLE: stack.physical['StateTable'] } },
      });
      expect(stack.table).toEqual({
        keys: [{ AttributeName: 'environment', KeyType: 'HASH' }],
        billing: 'PAY_PER_REQUEST',
      });
      expect(stack.topicKeys).toHaveLength(3);
      expect(stack.topicKeys.filter((key) => !key.includes(stack.physical['AlertKey'] ?? '-'))).toEqual([]);
      expect(stack.outputs['DeployHookArn']).toMatch(/:function:CodeDeployHook_hokusai-development$/);
      expect(stack.logDays).toEqual(Object.keys(stack.functions).map(() => 30));
    },
    patienceMs,
  );

  const cloudWatch = () =>
    new CloudWatchClient({
      endpoint: moto.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    });

  test('has alarms that CloudWatch accepts unchanged', async () => {
    await moto.reset();
    const alarms = ofType(stackWith(everything), 'AWS::CloudWatch::Alarm');
    const client = cloudWatch();
    for (const { properties } of alarms) {
      await client.send(new PutMetricAlarmCommand(properties as unknown as PutMetricAlarmCommandInput));
    }

    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));

    expect(MetricAlarms.map(({ AlarmName }) => AlarmName).toSorted()).toEqual(
      alarms.map(({ properties }) => textOf(properties['AlarmName'])).toSorted(),
    );
  });

  test('has a dashboard that CloudWatch accepts unchanged', async () => {
    await moto.reset();
    const [dashboard] = ofType(stackWith(everything), 'AWS::CloudWatch::Dashboard');
    const DashboardName = textOf(dashboard?.properties['DashboardName']);
    const DashboardBody = textOf(dashboard?.properties['DashboardBody']);
    await cloudWatch().send(new PutDashboardCommand({ DashboardName, DashboardBody }));

    const kept = await cloudWatch().send(new GetDashboardCommand({ DashboardName }));

    expect(JSON.parse(kept.DashboardBody ?? '')).toEqual(JSON.parse(DashboardBody));
  });
});
