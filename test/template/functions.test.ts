import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { functionNames } from '../../scripts/bundle/lambda.ts';
import { listOf, objectOf, type Parameters, textOf } from '../../scripts/template/intrinsics.ts';
import { everything, ofType, type Resource, stackWith, template } from '../../scripts/template/stack.ts';
import { awsLimits } from '../../src/aws/limits.ts';
import { loadSettings } from '../../src/config/load.ts';
import type { Settings } from '../../src/config/settings.ts';
import { hookLimits } from '../../src/functions/deploy-hook/limits.ts';
import { optionsIn } from '../../src/functions/deploy-hook/options.ts';
import { lambdaLimits } from '../../src/functions/probe/limits.ts';
import { widgetLimits } from '../../src/functions/widget/limits.ts';
import { defaultLimits } from '../../src/model/limits.ts';

const root = join(import.meta.dirname, '..', '..');
const code = ['aws', 'functions/probe', 'functions/deploy-hook', 'functions/widget', 'functions/acknowledge']
  .map((room) => join(root, 'src', room))
  .flatMap((folder) => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')))
  .join('\n');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

const functionsWith = (parameters: Parameters): readonly Resource[] =>
  ofType(stackWith(parameters), 'AWS::Serverless::Function');

const probesWith = (parameters: Parameters): readonly Resource[] =>
  functionsWith(parameters).filter(({ properties }) => properties['CodeUri'] === 'dist/lambda/probe');

const hookWith = (parameters: Parameters): Resource | undefined =>
  functionsWith(parameters).find(({ properties }) => properties['CodeUri'] === 'dist/lambda/deploy-hook');

const variablesOf = (resource: Resource | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(objectOf(objectOf(resource?.properties['Environment'])['Variables'])).map(([name, value]) => [
      name,
      textOf(value),
    ]),
  );

/** Every way to configure. */
const deployments: Readonly<Record<string, Parameters>> = {
  'the defaults': {},
  'every option': everything,
  'a parameter': { ConfigurationParameter: '/hokusai/synthetics' },
  'a file of the bundle': { ConfigurationFile: 'synthetics.yaml' },
};

/** Set by Lambda itself; or, the first one, where the key is not kept in AWS. */
const notByTheTemplate = ['HOKUSAI_API_KEY', 'LAMBDA_TASK_ROOT', 'AWS_'];

describe('variables', () => {
  const set = new Set(
    Object.values(deployments)
      .flatMap(functionsWith)
      .flatMap((each) => Object.keys(variablesOf(each))),
  );
  const read = new Set(
    [...code.matchAll(/'((?:SYNTHETICS|HOKUSAI|AWS|LAMBDA)_[A-Z_]+)'/g)].map(([, name = '']) => name),
  );

  test('in the template are read by the code', () => {
    expect([...set].filter((name) => !read.has(name))).toEqual([]);
  });

  test('in the code are set by the template, or come from elsewhere', () => {
    const others = [...read].filter((name) => !notByTheTemplate.some((prefix) => name.startsWith(prefix)));

    expect(others.filter((name) => !set.has(name))).toEqual([]);
  });

  test('are explained in the README', () => {
    expect([...set].filter((name) => !readme.includes(name))).toEqual([]);
  });

  test.each(Object.entries(deployments))('name one configuration and no secret: %s', (_, parameters) => {
    for (const each of probesWith(parameters)) {
      const variables = variablesOf(each);
      expect(Object.keys(variables).filter((name) => name.startsWith('SYNTHETICS_CONFIG'))).toHaveLength(1);
      expect(JSON.stringify(variables)).not.toMatch(/hk_(live|test)_/);
      // Lambda's limit on all of them together.
      expect(JSON.stringify(variables).length).toBeLessThanOrEqual(4_096);
    }
  });
});

const settingsOf = (parameters: Parameters, index = 0): Promise<Settings> =>
  loadSettings({
    text: variablesOf(probesWith(parameters)[index])['SYNTHETICS_CONFIG'] ?? '',
    name: 'SYNTHETICS_CONFIG',
    folder: '/var/task',
  });

describe('the configuration from the parameters', () => {
  test('is valid, and reads the key from the whole secret', async () => {
    const { environment, apiKey, notify } = await settingsOf({ EnvironmentName: 'staging' });

    expect(environment).toBe('staging');
    expect(apiKey).toMatchObject({ from: 'secretsManager', field: null });
    expect(notify.dashboard).toBe(
      'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/hokusai-synthetics-staging',
    );
    expect(notify.runbook).toBeNull();
  });

  test('uses the secret’s field, the runbook’s address and the webhook’s secret', async () => {
    const { apiKey, notify } = await settingsOf(everything);

    expect(apiKey).toMatchObject({ from: 'secretsManager', field: 'key' });
    expect(notify.runbook).toBe('https://docs.hokus.test/runbook.md');
    expect(notify.webhook).toMatchObject({ from: 'secretsManager', id: everything['WebhookSecretArn'] });
  });

  test('probes MLflow’s internal address only inside the VPC, without a key, under its own environment', async () => {
    const { environment, apiKey, registration, targets } = await settingsOf(everything, 1);

    expect(environment).toBe('development-vpc');
    expect(apiKey).toBeNull();
    expect(registration.enabled).toBe(false);
    expect(targets.filter(({ enabled }) => enabled)).toMatchObject([
      { id: 'mlflow.internal', host: 'mlflow', url: everything['VpcMlflowUrl'] },
    ]);
    // What it does not ask is nowhere listed: a further default target is off there by itself.
    expect(variablesOf(probesWith(everything)[1])['SYNTHETICS_CONFIG']).not.toContain('"enabled":false');
  });

  test('has the same channels and links inside the VPC', async () => {
    const { heartbeat, ...others } = (await settingsOf(everything)).notify;

    expect((await settingsOf(everything, 1)).notify).toEqual({ ...others, heartbeat: null });
    expect(heartbeat).toMatchObject({ from: 'secretsManager', id: everything['HeartbeatSecretArn'] });
  });

  test('can be a parameter inside the VPC, for https with a CA, further targets or a baseline', () => {
    const { VpcMlflowUrl: _, ...others } = everything;
    const [, inVpc] = probesWith({ ...others, VpcConfigurationParameter: '/hokusai/synthetics-vpc' });

    expect(variablesOf(inVpc)).toMatchObject({ SYNTHETICS_CONFIG_SSM: '/hokusai/synthetics-vpc' });
    expect(variablesOf(inVpc)).not.toHaveProperty('SYNTHETICS_CONFIG');
  });
});

describe('the configuration of the deployment check', () => {
  const hook = hookWith(everything);

  test('probes the same environment with the same key, and has no channel', async () => {
    const { environment, apiKey, notify } = await loadSettings({
      text: variablesOf(hook)['SYNTHETICS_CONFIG'] ?? '',
      name: 'SYNTHETICS_CONFIG',
      folder: '/var/task',
    });
    const probe = await settingsOf(everything);

    expect({ environment, apiKey }).toEqual({ environment: probe.environment, apiKey: probe.apiKey });
    expect(notify.webhook).toBeNull();
    expect(Object.keys(variablesOf(hook)).filter((name) => name.includes('TOPIC'))).toEqual([]);
  });

  test('uses the switches', () => {
    expect(optionsIn(variablesOf(hook))).toEqual({ waitFor: '2026.6.1', blockOnKnown: false });
    const strict = hookWith({ ...everything, DeployHookWaitFor: '', DeployHookBlockOnKnown: 'true' });
    expect(optionsIn(variablesOf(strict))).toEqual({
      waitFor: null,
      blockOnKnown: true,
    });
  });
});

describe('each function', () => {
  const functions = functionsWith(everything);
  const probes = probesWith(everything);
  const hook = hookWith(everything);
  const scheduleOf = ({ properties }: Resource) =>
    objectOf(objectOf(objectOf(properties['Events'])['EachCycle'])['Properties']);

  test('runs a build output, on the runtime that it is bundled for', () => {
    const folders = functions.map(({ properties }) => String(properties['CodeUri']));
    expect(folders.sort()).toEqual([
      'dist/lambda/acknowledge',
      'dist/lambda/deploy-hook',
      'dist/lambda/probe',
      'dist/lambda/probe',
      'dist/lambda/widget',
    ]);
    expect(new Set(folders.map((folder) => basename(folder)))).toEqual(new Set(functionNames));
    for (const { properties } of functions) {
      expect(properties).toMatchObject({
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
      });
      expect(properties['LoggingConfig']).toMatchObject({ LogFormat: 'JSON' });
    }
  });

  test('has time for the longest cycle and for publishing it', () => {
    for (const { properties } of [...probes, ...functions.filter((one) => one.name === hook?.name)]) {
      expect(properties['Tracing']).toBe('Active');
      expect(Number(properties['Timeout']) * 1_000).toBeGreaterThanOrEqual(
        defaultLimits.deadlineMs + lambdaLimits.publishReserveMs,
      );
    }
  });

  test('looks again at what fails, until its time-out or the fastest schedule’s next cycle at the latest', () => {
    const [fastest] = listOf(objectOf(objectOf(template['Parameters'])['CycleMinutes'])['AllowedValues']).map(Number);
    expect(lambdaLimits.looksEndMs).toBeLessThanOrEqual(Number(fastest) * 60_000);
    for (const each of probes) expect(variablesOf(each)['SYNTHETICS_RECHECK_HOURS']).toBe('24');
  });

  test('runs once a cycle, never twice at a time and never late: neither schedule nor Lambda retries', () => {
    expect(probes).toHaveLength(2);
    for (const each of probes) {
      const retries = { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 };
      expect(each.properties['ReservedConcurrentExecutions']).toBe(1);
      expect(each.properties['EventInvokeConfig']).toMatchObject({
        ...retries,
        DestinationConfig: { OnFailure: { Type: 'SQS', Destination: '<DeadLetters.Arn>' } },
      });
      expect(scheduleOf(each)).toMatchObject({
        ScheduleExpression: 'rate(1 minute)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        RetryPolicy: retries,
        DeadLetterConfig: { Arn: '<DeadLetters.Arn>' },
      });
    }
  });

  test('is unique per environment: no two share a name', () => {
    const names = (EnvironmentName: string): readonly string[] =>
      stackWith({ ...everything, EnvironmentName }).flatMap(({ properties }) =>
        Object.entries(properties)
          .filter(([key]) => /^(AlarmName|FunctionName|DashboardName|LogGroupName|ConfigurationName)$/.test(key))
          .map(([, value]) => textOf(value)),
      );
    const schedules = (EnvironmentName: string) =>
      probesWith({ ...everything, EnvironmentName }).map((each) => textOf(scheduleOf(each)['Name']));
    const staging = new Set([...names('staging'), ...schedules('staging')]);

    expect(staging.size).toBeGreaterThan(20);
    expect([...names('development'), ...schedules('development')].filter((name) => staging.has(name))).toEqual([]);
  });
});

describe('the deployment check', () => {
  const hook = hookWith(everything);

  test('exists on request only', () => {
    expect(hookWith({})).toBeUndefined();
    expect(hookWith({ DeployHook: 'on', DeployHookGroup: 'an-app/a-group' })).toBeDefined();
  });

  test("has a name that CodeDeploy’s own role may invoke, within Lambda's limit for the longest environment", () => {
    const EnvironmentName = 'e'.repeat(32);
    const name = textOf(hookWith({ ...everything, EnvironmentName })?.properties['FunctionName']);
    expect(name).toMatch(/^CodeDeployHook_/);
    expect(name.length).toBeLessThanOrEqual(64);
  });

  test('is not shifted by a deployment itself, and several may run at once', () => {
    expect(hook?.properties['DeploymentPreference']).toEqual({ Enabled: false });
    expect(hook?.properties['ReservedConcurrentExecutions']).toBeUndefined();
  });

  test('has time for two cycles, the pause, a wait and the report, twice within CodeDeploy’s hour', () => {
    const timeoutMs = Number(hook?.properties['Timeout']) * 1_000;
    const { reportReserveMs, cycleMarginMs, confirmPauseMs } = hookLimits;
    const leastWaitMs = 120_000;
    expect(timeoutMs).toBeGreaterThanOrEqual(
      2 * defaultLimits.deadlineMs + confirmPauseMs + cycleMarginMs + reportReserveMs + leastWaitMs,
    );
    const { MaximumEventAgeInSeconds: age, MaximumRetryAttempts: retries } = objectOf(
      hook?.properties['EventInvokeConfig'],
    );
    expect(Number(age) * 1_000 + (1 + Number(retries)) * timeoutMs).toBeLessThan(3_600_000);
  });
});

describe('the function of the dashboard’s widget', () => {
  const [widget] = functionsWith({ CycleMinutes: '5' }).filter(
    ({ properties }) => properties['CodeUri'] === 'dist/lambda/widget',
  );

  test('is small and fast, has a log with an expiry, and no schedule', () => {
    expect(widget?.properties).toMatchObject({
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 256,
      Timeout: 10,
      LoggingConfig: { LogGroup: '<WidgetLogs>', LogFormat: 'JSON' },
    });
    // Two viewers at once are served both.
    expect(Object.keys(widget?.properties ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(Events|ReservedConcurrentExecutions)$/)]),
    );
    // Reading the table ends before it does.
    expect(widgetLimits.readMs).toBeLessThan(10_000);
    expect(awsLimits.attempts * (awsLimits.connectMs + awsLimits.requestMs)).toBeLessThan(widgetLimits.readMs);
  });

  test('knows its table, its environment and the time between cycles', () => {
    expect(variablesOf(widget)).toEqual({
      SYNTHETICS_STATE_TABLE: '<StateTable>',
      SYNTHETICS_ENVIRONMENT: 'development',
      SYNTHETICS_CYCLE_MINUTES: '5',
    });
  });
});

test('uses a table with the key and expiry that the store writes', () => {
  const [table] = ofType(stackWith(), 'AWS::DynamoDB::Table');

  expect(table?.properties).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'environment', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'environment', AttributeType: 'S' }],
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true },
  });
});
