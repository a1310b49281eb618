import { expect, test } from 'vitest';
import { identityPolicies, lintPolicies } from '../../scripts/template/least-privilege.ts';
import { describeWith } from '../setup/real-parts.ts';

/** What parliament says about the roles, each with the reason why it stays. */
const accepted: Readonly<Record<string, string>> = {
  'ProbeRole probe: RESOURCE_STAR': 'confirm reads what the configuration names, and a role cannot know that',
  'ChatPermissions: RESOURCE_STAR': "AWS's own policy for notifications (AWS-Chatbot-NotificationsOnly-Policy)",
  'ProbeInVpcRole probe: RESOURCE_STAR': 'Lambda makes interfaces that do not exist yet',
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
  'ProbeInVpcRole probe: UNKNOWN_CONDITION_FOR_ACTION':
    'AWS documents lambda:SourceFunctionArn for exactly this: the code itself may not use them',
  // https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/automating-updates-to-serverless-apps.html
  'DeployHookRole deploy-hook: RESOURCE_MISMATCH':
    "AWS's guide grants PutLifecycleEventHookExecutionStatus on a deployment group; its reference lists no resource",
};

describeWith('parliament', 'the roles of the stack, linted by parliament', () => {
  test('have no wildcard, action, resource or condition that it rejects, but for these', async () => {
    const findings = await lintPolicies(identityPolicies());

    expect([...new Set(findings.map(({ policy, issue }) => `${policy}: ${issue}`))].toSorted()).toEqual(
      Object.keys(accepted).toSorted(),
    );
    expect(findings.filter(({ severity }) => severity === 'HIGH' || severity === 'CRITICAL')).toEqual([]);
  });

  test.each([
    ['a needless wildcard', ['dynamodb:GetItem'], '*', 'RESOURCE_STAR'],
    ['a misspelt action', ['dynamodb:GetItems'], 'arn:aws:dynamodb:us-east-1:123456789012:table/x', 'UNKNOWN_ACTION'],
    ['a resource of another service', ['dynamodb:GetItem'], 'arn:aws:s3:::bucket', 'RESOURCE_MISMATCH'],
  ])('it notices %s: a linter that checks nothing would pass, too', async (_, Action, Resource, issue) => {
    const Statement = [{ Sid: 'Wrong', Effect: 'Allow', Action, Resource }];
    const findings = await lintPolicies({ wrong: { Version: '2012-10-17', Statement } });

    expect(findings.map((finding) => finding.issue)).toContain(issue);
  });
});
