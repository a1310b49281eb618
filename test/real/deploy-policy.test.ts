import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { awsTools } from '../../scripts/template/aws-tools.ts';
import { type JsonObject, listOf, objectOf, textOf } from '../../scripts/template/intrinsics.ts';
import { lintPolicies } from '../../scripts/template/least-privilege.ts';
import { required, templateFile } from '../../scripts/template/stack.ts';
import { cloudFormationSchemas } from '../setup/cloudformation-schemas.ts';
import { describeWith } from '../setup/real-parts.ts';

const text = readFileSync(new URL('../../docs/deploy-policy.json', import.meta.url), 'utf8');
const statements = listOf(objectOf(JSON.parse(text))['Statement']).map(objectOf);
const allowed = new Set(statements.flatMap(({ Action }) => listOf(Action).map(textOf)));

/** Actions that CloudFormation's handlers may need, but not for the properties that this template sets. */
const notNeeded: readonly (readonly [actions: RegExp, reason: string])[] = [
  [/^dynamodb:(Scan|Query|UpdateItem|PutItem|GetItem|DeleteItem|BatchWriteItem)$/, 'replicas and imports of tables'],
  [/^dynamodb:(\w+Replica|\w*ImportTable|DescribeImport)$/, 'replicas and imports of tables'],
  [/^dynamodb:(Update|Enable|Disable)KinesisStreamingDestination$|^kinesis:/, 'streams of a table'],
  [/^dynamodb:(PutResourcePolicy|DeleteResourcePolicy|UpdateContributorInsights)$/, 'a policy or insights of a table'],
  [/^logs:(CreateLogStream|DescribeLogStreams|PutLogEvents)$/, 'the log of a table’s import'],
  [/^kms:(CreateGrant|Decrypt|Encrypt|GenerateDataKey|RevokeGrant)$/, 'own keys of tables and functions'],
  [/^s3:(GetObjectMetadata|REST\.PUT\.OBJECT)$|^firehose:|^logs:CreateLogDelivery$/, 'imports, and deliveries of logs'],
  [/^logs:(\w+DataProtectionPolicy|\w+IndexPolicy|\w+ResourcePolicy|\w+KmsKey)$/, 'policies and keys of log groups'],
  [/^logs:(PutBearerTokenAuthentication|PutLogGroupDeletionProtection)$/, 'options of log groups'],
  [/^sns:PutDataProtectionPolicy$/, 'a data protection policy of a topic'],
  [/^elasticfilesystem:|^s3files:/, 'file systems of functions'],
  [/^lambda:(\w*CodeSigningConfig|GetLayerVersion|PublishVersion)$/, 'signed code, layers and versions of functions'],
  [/^lambda:(PutRuntimeManagementConfig|PutFunctionRecursionConfig|AssociateRuntimeAlias)$/, 'options of functions'],
  [/^lambda:(\w+FunctionScalingConfig|PassCapacityProvider)$/, 'functions on instances'],
  [/^iam:(Attach|Detach)(Group|User)Policy$/, 'policies of groups and users'],
];

/** Actions that no handler has, with the reason. */
const besides: readonly (readonly [actions: RegExp, reason: string])[] = [
  [/^cloudformation:/, 'the stack itself'],
  [/^s3:/, 'the bucket of sam deploy'],
  [
    /^lambda:(GetFunctionConfiguration|GetFunctionConcurrency|ListTags)$/,
    'read by CloudFormation’s drift detection and SAM',
  ],
  [/^iam:(TagPolicy|UntagPolicy)$/, 'tags of the stack'],
];

describeWith(['sam', 'parliament'], 'docs/deploy-policy.json, the permissions of the person who deploys', () => {
  let handlers: ReadonlySet<string>;
  beforeAll(async () => {
    const { translate } = await awsTools();
    const template = JSON.parse(await translate(templateFile.pathname, { ...required } as Record<string, string>));
    const types = new Set(Object.values(objectOf(template.Resources)).map((one) => textOf(objectOf(one)['Type'])));
    const schemas = await cloudFormationSchemas();
    expect([...types].filter((type) => !schemas.has(type))).toEqual([]);
    handlers = new Set(
      [...types].flatMap((type) =>
        ['create', 'read', 'update', 'delete'].flatMap((handler) =>
          listOf(objectOf(objectOf(schemas.get(type)?.['handlers'])[handler] ?? {})['permissions']).map(textOf),
        ),
      ),
    );
  }, 120_000);

  test('are what CloudFormation needs to create, update and delete every resource of the template', () => {
    const needed = [...handlers].filter((action) => !notNeeded.some(([actions]) => actions.test(action)));

    expect(needed.length).toBeGreaterThan(100);
    expect(needed.filter((action) => !allowed.has(action)).toSorted()).toEqual([]);
  });

  test('have no action that nothing needs', () => {
    const extra = [...allowed].filter((action) => !handlers.has(action));

    expect(extra.filter((action) => !besides.some(([actions]) => actions.test(action)))).toEqual([]);
  });

  test('pass parliament, apart from actions that need every resource', async () => {
    const policy = JSON.parse(text.replaceAll('ACCOUNT', '123456789012')) as JsonObject;
    const findings = await lintPolicies({ deploy: policy });

    expect(findings.map(({ issue, detail }) => `${issue} ${detail}`).toSorted()).toEqual([
      // The transform belongs to AWS, so its account is not a number.
      'INVALID_ARN Account expected to be of form like 123456789012',
      // Composite alarms are described only with every resource
      // (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html).
      "RESOURCE_STAR ['cloudwatch:DescribeAlarms']",
    ]);
  });
});
