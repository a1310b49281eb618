import { describe, expect, test } from 'vitest';
import { listOf, objectOf, type Parameters, textOf } from '../../scripts/template/intrinsics.ts';
import { everything, ofType, outputWith, type Resource, stackWith } from '../../scripts/template/stack.ts';

const withOut = (name: string): Parameters =>
  Object.fromEntries(Object.entries(everything).filter(([key]) => key !== name));

describe('links to the console', () => {
  test.each([
    ['aws', 'eu-west-1', 'eu-west-1.console.aws.amazon.com'],
    ['aws-cn', 'cn-north-1', 'cn-north-1.console.amazonaws.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
  ])('lead to that of the partition %s', (partition, region, host) => {
    const place = { 'AWS::Partition': partition, 'AWS::Region': region };
    const link = `https://${host}/cloudwatch/home?region=${region}#dashboards/dashboard/`;
    const functions = ofType(stackWith({ ...everything, ...place }), 'AWS::Serverless::Function');
    const configured = functions
      .map(({ properties }) => objectOf(objectOf(properties['Environment'])['Variables'])['SYNTHETICS_CONFIG'] ?? '')
      .map(textOf)
      .filter((text) => text.includes('dashboard'));

    expect(configured).toHaveLength(2);
    for (const text of configured) expect(text).toContain(`"${link}hokusai-synthetics-development"`);
    expect(outputWith('DashboardUrl', place)).toBe(`${link}<Dashboard>`);
  });

  test('no ARN of the stack names a partition itself', () => {
    const place = { 'AWS::Partition': 'aws-cn', 'AWS::Region': 'cn-north-1' };
    const given = JSON.stringify(Object.values(everything));
    const arns = JSON.stringify(stackWith({ ...everything, ...place })).match(/arn:aws:[^"\\]+/g) ?? [];

    expect(arns.filter((arn) => !given.includes(arn) && !arn.startsWith('arn:aws:secretsmanager'))).toEqual([]);
  });
});

describe('the rules of an account', () => {
  const roles = (parameters: Parameters): readonly Resource[] => ofType(stackWith(parameters), 'AWS::IAM::Role');

  test('a permissions boundary limits every role, and none has one otherwise', () => {
    expect(roles(everything).length).toBeGreaterThanOrEqual(8);
    for (const { properties } of roles(everything))
      expect(properties['PermissionsBoundary']).toBe(everything['PermissionsBoundaryArn']);
    for (const { properties } of roles({})) expect(properties).not.toHaveProperty('PermissionsBoundary');
  });

  test('own KMS keys may be used by every function that reads a secret or a parameter, only through these services', () => {
    const decrypting = stackWith(everything).flatMap(({ name, properties }) =>
      [properties['PolicyDocument'], ...listOf(properties['Policies']).map((one) => objectOf(one)['PolicyDocument'])]
        .flatMap((document) => (document === undefined ? [] : listOf(objectOf(document)['Statement'])))
        .map(objectOf)
        .filter(({ Sid }) => Sid === 'DecryptOther')
        .map((statement) => ({ name, statement })),
    );

    expect(decrypting.map(({ name }) => name)).toEqual(['ProbePermissions', 'DeployHookRole']);
    for (const { statement } of decrypting)
      expect(statement).toMatchObject({
        Action: 'kms:Decrypt',
        Resource: everything['OtherKmsKeyArns'],
        Condition: {
          StringEquals: {
            'kms:ViaService': ['secretsmanager.us-east-1.amazonaws.com', 'ssm.us-east-1.amazonaws.com'],
          },
        },
      });
    expect(JSON.stringify(stackWith(withOut('OtherKmsKeyArns')))).not.toContain('DecryptOther');
  });

  test('the key of the topics has a name that people find', () => {
    const [alias] = ofType(stackWith({ EnvironmentName: 'staging' }), 'AWS::KMS::Alias');

    expect(alias?.properties).toEqual({ AliasName: 'alias/hokusai-synthetics-staging', TargetKeyId: '<AlertKey>' });
  });

  test('traces are sent and paid for on request only', () => {
    const modes = (parameters: Parameters) =>
      ofType(stackWith(parameters), 'AWS::Serverless::Function').flatMap(
        ({ properties }) => properties['Tracing'] ?? [],
      );

    expect(new Set(modes(everything))).toEqual(new Set(['Active']));
    expect(new Set(modes(withOut('Tracing')))).toEqual(new Set(['PassThrough']));
    expect(JSON.stringify(stackWith(withOut('Tracing')))).not.toContain('xray');
  });
});
