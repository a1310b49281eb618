import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type JsonObject, listOf, objectOf, type Parameters, textOf } from '../../scripts/template/intrinsics.ts';
import { everything, type Resource, stackWith, template } from '../../scripts/template/stack.ts';
import { permissionsOfFunction } from '../../src/confirm/permissions.ts';

const stack = stackWith({ ...everything, ConfigurationParameter: '/hokusai/synthetics' });

/** Statements of a resource, wherever they stand in it; who may assume a role is no permission. */
const statementsOf = ({ properties }: Resource): readonly JsonObject[] => {
  const documents = [
    properties['PolicyDocument'],
    properties['KeyPolicy'],
    ...listOf(properties['Policies']).map((policy) => objectOf(policy)['PolicyDocument']),
  ];
  return documents.flatMap((document) =>
    document === undefined ? [] : listOf(objectOf(document)['Statement']).map(objectOf),
  );
};

const texts = (value: JsonObject[string] | undefined): readonly string[] => listOf(value).map(textOf);

/** Every `*`, as `resource statement what`, with the reason for it. */
const allowedWildcards: Readonly<Record<string, string>> = {
  'ProbePermissions PublishMetrics resource':
    'PutMetricData knows no resources; the condition holds it to our namespace',
  'ProbePermissions Trace resource': 'X-Ray knows no resources for what is sent to it',
  'AlertKey GovernedByIam resource': "in a key's policy it is that key",
  'AlertKey GovernedByIam action': 'without it nobody could manage the key any more; IAM decides who may',
  'AlertKey AlarmsMayTell resource': "in a key's policy it is that key",
  'AlertKey AlarmsMayTell action': 'GenerateDataKey and its form without plaintext, as SNS documents it',
  'ProbeRole Confirm resource': 'names are in the configuration, and most of these reads know no resources',
  'ProbeRole ConfirmByGateway resource':
    'routes and authorizers of every API, for their ids are not known; never its API keys',
  'ProbeRole ConfirmByLogs resource': 'the log groups of ECS, whatever their region',
  'ChatPermissions ShowAlarms action': "AWS's own policy for notifications (AWS-Chatbot-NotificationsOnly-Policy)",
  'ChatPermissions ShowAlarms resource': 'reading metrics knows no resources; it only reads',
  'ProbeInVpcRole AttachToVpc resource':
    'Lambda makes interfaces that do not exist yet, and describing knows no resources',
  'ProbeInVpcRole NotByTheCode resource': 'it denies',
  'DeployHookRole Trace resource': 'X-Ray knows no resources for what is sent to it',
  'DeployHookRole Decide resource': 'only where the parameter ends with one: SAM gives deployment groups an ending',
};

describe('wildcards', () => {
  const wildcards = stack.flatMap((resource) =>
    statementsOf(resource).flatMap((statement) => {
      const at = `${resource.name} ${textOf(statement['Sid'])}`;
      return [
        ...(texts(statement['Resource']).some((each) => each.includes('*')) ? [`${at} resource`] : []),
        ...(texts(statement['Action']).some((each) => each.includes('*')) ? [`${at} action`] : []),
      ];
    }),
  );

  test('appear only without a narrower alternative, each with a reason', () => {
    expect(wildcards.toSorted()).toEqual(Object.keys(allowedWildcards).toSorted());
  });

  test('in conditions limit the text after them', () => {
    const remember = stack.flatMap(statementsOf).filter(({ Sid }) => Sid === 'Remember');

    expect(remember.map(({ Condition }) => JSON.stringify(Condition))).toEqual([
      '{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["development","development#unreadable-*"]}}',
      '{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["development-vpc","development-vpc#unreadable-*"]}}',
    ]);
  });
});

/** What a call of the SDK asks AWS for. */
const actionOfCall: Readonly<Record<string, string>> = {
  PutMetricDataCommand: 'cloudwatch:PutMetricData',
  GetItemCommand: 'dynamodb:GetItem',
  PutItemCommand: 'dynamodb:PutItem',
  PublishCommand: 'sns:Publish',
  GetSecretValueCommand: 'secretsmanager:GetSecretValue',
  GetParameterCommand: 'ssm:GetParameter',
  GetDeploymentCommand: 'codedeploy:GetDeployment',
  PutLifecycleEventHookExecutionStatusCommand: 'codedeploy:PutLifecycleEventHookExecutionStatus',
};

/** What AWS does in the name of a role without a call of ours. */
const byAws: Readonly<Record<string, string>> = {
  'kms:GenerateDataKey': 'SNS encrypts messages',
  'kms:Decrypt': 'Secrets Manager and SNS decrypt',
  'logs:CreateLogStream': 'Lambda writes the log',
  'logs:PutLogEvents': 'Lambda writes the log',
  'xray:PutTraceSegments': 'active tracing',
  'xray:PutTelemetryRecords': 'active tracing',
  'sqs:SendMessage': 'Lambda keeps failed events',
};

const source = join(import.meta.dirname, '..', '..', 'src');

const callsIn = (isWanted: (file: string) => boolean): ReadonlySet<string> =>
  new Set(
    readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && isWanted(file))
      .flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/\bnew ([A-Z]\w*Command)\(/g)])
      .map(([, call = '']) => call),
  );

/** Calls in what the probe can reach; the command line's are its user's. */
const calls = callsIn((file) => !/^(cli|sandbox|functions\/deploy-hook)\//.test(file));

const grantedTo = (...names: readonly string[]): ReadonlySet<string> =>
  new Set(
    stack
      .filter(({ name }) => names.includes(name))
      .flatMap(statementsOf)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => texts(Action)),
  );

const resourcesOf = (names: readonly string[], sid: string): readonly string[] =>
  stack
    .filter(({ name }) => names.includes(name))
    .flatMap(statementsOf)
    .flatMap(({ Sid, Resource }) => (Sid === sid ? texts(Resource) : []));

describe('the role of the probe', () => {
  const granted = grantedTo('ProbeRole', 'ProbePermissions');

  test('has the action of every AWS call in the code', () => {
    expect(calls).toContain('PutMetricDataCommand');
    for (const call of calls) {
      expect(actionOfCall, `a call that the table does not know: ${call}`).toHaveProperty(call);
      expect(granted, call).toContain(actionOfCall[call]);
    }
  });

  test('has no unused action', () => {
    const used = new Set<string>([...Object.values(actionOfCall), ...Object.keys(byAws), ...permissionsOfFunction]);

    expect([...granted].filter((action) => !used.has(action))).toEqual([]);
  });

  test('has the actions of confirm/ when that is on, exactly these, and none otherwise', () => {
    const ofConfirm = (parameters: Parameters): readonly string[] =>
      stackWith(parameters)
        .flatMap(statementsOf)
        .filter(({ Sid }) => textOf(Sid).startsWith('Confirm'))
        .flatMap(({ Action }) => texts(Action));

    expect(ofConfirm({ Confirm: 'on' }).toSorted()).toEqual(permissionsOfFunction);
    expect(ofConfirm({})).toEqual([]);
    const switched = stackWith({})
      .flatMap(({ properties }) => JSON.stringify(properties))
      .join('');
    expect(switched).not.toContain('SYNTHETICS_CONFIRM');
  });

  test('reads the named secrets and the one parameter, and publishes to three topics', () => {
    const resources = (sid: string) => resourcesOf(['ProbeRole', 'ProbePermissions'], sid);

    expect(resources('ReadApiKey')).toEqual([
      'arn:aws:secretsmanager:us-east-1:123456789012:secret:hokusai/synthetics-AbCdEf',
    ]);
    expect(resources('ReadWebhook')).toEqual([everything['WebhookSecretArn']]);
    expect(resources('ReadChannelSecrets')).toEqual(everything['ChannelSecretArns']);
    expect(resources('ReadConfiguration')).toEqual(['arn:aws:ssm:us-east-1:123456789012:parameter/hokusai/synthetics']);
    expect(resources('Tell')).toEqual(['<CriticalTopic>', '<WarningTopic>', '<OperationalTopic>']);
  });

  test('reads no key inside the VPC, and of the secrets only the webhook', () => {
    expect(
      [...grantedTo('ProbeInVpcRole', 'ProbePermissions')].filter((action) => /^(secretsmanager|ssm):/.test(action)),
    ).toEqual(['secretsmanager:GetSecretValue']);
    expect(resourcesOf(['ProbeInVpcRole'], 'ReadWebhook')).toEqual([everything['WebhookSecretArn']]);
  });
});

describe('the role of the deployment check', () => {
  const granted = grantedTo('DeployHookRole');
  /** Incidents are read only. */
  const own = [
    ...callsIn((file) => file.startsWith('functions/deploy-hook/')),
    'GetItemCommand',
    'GetSecretValueCommand',
    'GetParameterCommand',
  ];

  test('has the actions of its calls, and otherwise only those that AWS performs for it', () => {
    expect(own).toContain('PutLifecycleEventHookExecutionStatusCommand');
    const used = own.map((call) => actionOfCall[call]);
    expect(used.filter((action) => action === undefined || !granted.has(action))).toEqual([]);
    const rest = [...granted].filter((action) => !used.includes(action));
    expect(rest.filter((action) => !(action in byAws))).toEqual([]);
  });

  test('decides about the named deployment group, reads one item and one secret, and writes nothing', () => {
    const resources = (sid: string) => resourcesOf(['DeployHookRole'], sid);
    expect(resources('Decide')).toEqual([
      'arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:AppECS-hokusai/DgpECS-hokusai-*',
    ]);
    expect(resources('ReadIncidents')).toEqual(['<StateTable.Arn>']);
    expect(resources('ReadApiKey')).toHaveLength(1);
    expect(
      [...granted].filter((action) => /:(Put(?!Lifecycle|Log|Trace|Telemetry)|Publish|Send|Update)/.test(action)),
    ).toEqual([]);
  });

  test('has no permission of CodeDeploy when only ECS invokes it', () => {
    const forEcs = stackWith({ DeployHook: 'ecs' }).filter(({ name }) => name === 'DeployHookRole');

    expect(forEcs).toHaveLength(1);
    expect(JSON.stringify(forEcs)).not.toContain('codedeploy');
  });

  test('is invoked by ECS through a role of its own, which allows that and nothing else', () => {
    const role = stack.find(({ name }) => name === 'DeployHookEcsRole');

    expect(role?.properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [{ Principal: { Service: 'ecs.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
    expect(role === undefined ? [] : statementsOf(role)).toMatchObject([
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '<DeployHookFunction.Arn>' },
    ]);
  });

  test('cannot cover every deployment of the account: it names a group, and only the suffix is open', () => {
    const pattern = objectOf(objectOf(template['Parameters'])['DeployHookGroup'])['AllowedPattern'];
    const allowed = new RegExp(`^(?:${textOf(pattern)})$`);
    expect(['', 'app/group', 'stack-App-1A2B/stack-Group-*'].filter((name) => !allowed.test(name))).toEqual([]);
    expect(['*', '*/*', 'app/*', 'app*/group', 'app/a*b', 'app'].filter((name) => allowed.test(name))).toEqual([]);
  });
});

test('the role of the dashboard’s widget reads items of its environment, writes its log, and has no other permission', () => {
  const role = stack.filter(({ name }) => name === 'WidgetRole');

  expect(role.flatMap(({ properties }) => listOf(properties['ManagedPolicyArns']))).toEqual([]);
  expect(role.flatMap(statementsOf)).toMatchObject([
    { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '<WidgetLogs.Arn>' },
    {
      Action: 'dynamodb:GetItem',
      Resource: '<StateTable.Arn>',
      Condition: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['development'] },
      },
    },
  ]);
});

test('the function that acknowledges reads and writes the items of its two environments, and nothing else', () => {
  const role = stack.filter(({ name }) => name === 'AcknowledgeRole');

  expect(role.flatMap(({ properties }) => listOf(properties['ManagedPolicyArns']))).toEqual([]);
  expect(role.flatMap(statementsOf)).toMatchObject([
    { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '<AcknowledgeLogs.Arn>' },
    {
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      Resource: '<StateTable.Arn>',
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['development', 'development-vpc'] } },
    },
  ]);
});

test('the chat may invoke the function that acknowledges, and no probe', () => {
  const invoking = stack
    .filter(({ name }) => name === 'ChatPermissions')
    .flatMap(statementsOf)
    .filter(({ Action }) => texts(Action).some((action) => action.startsWith('lambda:')));

  expect(invoking).toMatchObject([{ Action: 'lambda:InvokeFunction', Resource: '<AcknowledgeFunction.Arn>' }]);
});

test('the chat’s role is assumed without a condition that AWS does not document for Amazon Q Developer', () => {
  const role = stack.find(({ name }) => name === 'ChatRole');

  expect(objectOf(role?.properties['AssumeRolePolicyDocument'])['Statement']).toEqual([
    { Effect: 'Allow', Principal: { Service: 'chatbot.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ]);
});

test("the chat’s guardrail allows the channel's actions, not those of an administrator", () => {
  const chat = stack.find(({ type }) => type === 'AWS::Chatbot::SlackChannelConfiguration');

  expect(chat?.properties['GuardrailPolicies']).toEqual(['<ChatPermissions>']);
});

test('CloudWatch’s alarms may publish to each topic, and use its encryption key', () => {
  const statements = stack.flatMap(statementsOf).filter(({ Sid }) => Sid === 'AlarmsMayTell');
  const topics = stack.filter(({ type }) => type === 'AWS::SNS::Topic');
  const actions = [...new Set(statements.flatMap(({ Action }) => texts(Action)))].toSorted();

  expect(actions).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*', 'sns:Publish']);
  expect(topics.map(({ properties }) => properties['KmsMasterKeyId'])).toEqual(topics.map(() => '<AlertKey.Arn>'));
  for (const { name } of topics) expect(statements.flatMap(({ Resource }) => texts(Resource))).toContain(`<${name}>`);
});
