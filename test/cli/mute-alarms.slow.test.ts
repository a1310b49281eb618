import { expect, test } from 'vitest';
import { everything, ofType, stackWith } from '../../scripts/template/stack.ts';
import { alarmsOf } from '../../src/cli/alarms/names.ts';
import type { AwsAnswer, AwsRequest } from '../support/aws-answering.ts';
import { withAwsAnswering } from '../support/aws-answering.ts';
import { type CliResult, cli } from '../support/cli.ts';

type Reply = Readonly<Record<string, unknown>> | { readonly denied: string };

/** AWS with a table of one item, and CloudWatch that replies like this to each operation. */
const answering = (replies: Readonly<Record<string, Reply>>, asked: [string, unknown][]) => {
  let item: Reply = {};
  return ({ headers, body }: AwsRequest): AwsAnswer => {
    const operation =
      String(headers['x-amz-target'] ?? '')
        .split('.')
        .at(-1) ?? '';
    const said = JSON.parse(body) as { readonly Item?: object };
    asked.push([operation, said]);
    if (operation === 'PutItem') item = { Item: said.Item };
    const type = { 'content-type': String(headers['content-type']) };
    const reply = operation === 'GetItem' ? item : (replies[operation] ?? {});
    return 'denied' in reply
      ? { status: 400, headers: type, body: JSON.stringify({ __type: 'AccessDenied', message: reply.denied }) }
      : { status: 200, headers: type, body: JSON.stringify(reply) };
  };
};

const composite = (name: string, changes: object = {}): object => ({
  AlarmName: `hokusai-synthetics-development-${name}`,
  ...{ ActionsEnabled: true, AlarmActions: ['arn:aws:sns:us-east-1:123456789012:x'], ...changes },
});
const ringing = {
  DescribeAlarms: {
    CompositeAlarms: [composite('host-unavailable'), composite('platform-down', { ActionsEnabled: false })],
    MetricAlarms: [composite('api-unavailable', { AlarmActions: [] })],
  },
};

/** Runs commands one after the other. The last one's output, and what all of them asked. */
const run = async (calls: readonly string[], replies: Readonly<Record<string, Reply>>) => {
  const asked: [string, unknown][] = [];
  const results = await withAwsAnswering(answering(replies, asked), async (endpoint) => {
    const all: CliResult[] = [];
    for (const call of calls)
      all.push(
        await cli([...call.split(' '), '--state', 'dynamodb:hokusai-state'], {
          ...{ AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1' },
          ...{ AWS_ACCESS_KEY_ID: 'made-up', AWS_SECRET_ACCESS_KEY: 'made-up' },
        }),
      );
    return all;
  });
  const { exitCode = null, stdout = '', stderr = '' } = results.at(-1) ?? {};
  const cloudwatch = asked.filter(([name]) => /Alarm/.test(name));
  return { exitCode, stdout, stderr, cloudwatch, all: asked.map(([name]) => name) };
};

test('a mute also silences the alarms that notify people, by a rule of the same time', async () => {
  const { exitCode, stdout, stderr, cloudwatch, all } = await run(
    ['incidents mute --host api --for 2h --reason moving'],
    {
      ...ringing,
      GetAlarmMuteRule: { Status: 'ACTIVE' },
    },
  );

  expect(stderr).toBe('');
  expect(stdout).toMatch(
    /^muted until \S+: host api\n {2}alarms: silent too, also about anything else that they watch: hokusai-synthetics-development-host-unavailable\n$/,
  );
  expect(exitCode).toBe(0);
  expect(all).toContain('PutItem');
  expect(cloudwatch.map(([name]) => name)).toEqual(['DescribeAlarms', 'PutAlarmMuteRule', 'GetAlarmMuteRule']);
  expect(cloudwatch[1]?.[1]).toEqual({
    Name: 'hokusai-synthetics-development-host-api',
    Description: 'moving',
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html
    Rule: {
      Schedule: {
        Expression: expect.stringMatching(/^at\(\d{4}-\d\d-\d\dT\d\d:\d\d\)$/),
        Duration: expect.stringMatching(/^PT12[01]M$/),
        Timezone: 'UTC',
      },
    },
    MuteTargets: { AlarmNames: ['hokusai-synthetics-development-host-unavailable'] },
  });
});

test('a rule whose time has begun before CloudWatch saw it begins with the next minute', async () => {
  const { stdout, cloudwatch } = await run(['incidents mute --host api --for 2h'], {
    ...ringing,
    GetAlarmMuteRule: { Status: 'SCHEDULED' },
  });

  expect(stdout).toContain('alarms: silent too from the next minute on');
  expect(cloudwatch.map(([name]) => name).filter((name) => name === 'PutAlarmMuteRule')).toHaveLength(2);
});

test('a mute of more than 15 days says when the alarms start again', async () => {
  const { stdout, cloudwatch } = await run(['incidents mute --host api --for 20d'], {
    ...ringing,
    GetAlarmMuteRule: { Status: 'ACTIVE' },
  });

  expect(stdout).toMatch(/only until .* UTC, because CloudWatch mutes for 15 days at most/);
  expect(JSON.stringify(cloudwatch[1])).toContain('"Duration":"PT21600M"');
});

test('without permission, the mute holds, and the command for the alarms is printed', async () => {
  const denied = { denied: 'not authorized to perform cloudwatch:PutAlarmMuteRule' };
  const { exitCode, stdout } = await run(['incidents mute --host registration --for 2h'], {
    DescribeAlarms: { MetricAlarms: [composite('registration-slow')] },
    PutAlarmMuteRule: denied,
  });

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /alarms: not muted; these go on, where they exist: \S+-registration-broken, \S+-registration-slow\n/,
  );
  expect(stdout).toContain('why: not authorized to perform cloudwatch:PutAlarmMuteRule');
  expect(stdout).toMatch(
    /to mute them: aws cloudwatch put-alarm-mute-rule --name hokusai-synthetics-development-host-registration --rule '\{"Schedule":.*\}' --mute-targets '\{"AlarmNames":\[.*\]\}'\n$/,
  );
});

test('alarms that notify nobody, and --no-alarms, need no rule', async () => {
  const silent = await run(['incidents mute --host api --for 2h'], { DescribeAlarms: {} });
  const left = await run(['incidents mute --host api --for 2h --no-alarms'], ringing);

  expect(silent.stdout).toContain('alarms: none notifies people about it');
  expect(silent.cloudwatch.map(([name]) => name)).toEqual(['DescribeAlarms']);
  expect(left.cloudwatch).toEqual([]);
});

test.each([
  [{}, 'alarms: no longer muted\n'],
  [
    { denied: 'not authorized' },
    'delete-alarm-mute-rule --alarm-mute-rule-name hokusai-synthetics-development-host-api\n',
  ],
])('unmute ends the silence of the alarms too, or says how: %j', async (reply, said) => {
  const { stdout, cloudwatch } = await run(
    ['incidents mute --host api --for 2h --no-alarms', 'incidents unmute --host api'],
    {
      DeleteAlarmMuteRule: reply,
    },
  );

  expect(stdout).toContain(said);
  expect(cloudwatch).toEqual([
    ['DeleteAlarmMuteRule', { AlarmMuteRuleName: 'hokusai-synthetics-development-host-api' }],
  ]);
});

test('the alarms of the template that notify people about the platform are all silenced by some mute', () => {
  const environment = 'development';
  const known = new Set([
    ...alarmsOf({ hypothesis: 'rate-limited' }, environment),
    ...alarmsOf({ hypothesis: 'rate-limited' }, `${environment}-vpc`),
  ]);
  const stack = stackWith({ ...everything, EnvironmentName: environment });
  const alarms = [...ofType(stack, 'AWS::CloudWatch::Alarm'), ...ofType(stack, 'AWS::CloudWatch::CompositeAlarm')];
  const names = alarms
    .filter(({ properties }) => JSON.stringify(properties).includes('ActionsEnabled'))
    .map(({ properties }) => String(properties['AlarmName']));

  expect(names.length).toBeGreaterThan(4);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});
