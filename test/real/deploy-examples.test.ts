import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { listOf, objectOf, textOf } from '../../scripts/template/intrinsics.ts';
import { lintPolicies } from '../../scripts/template/least-privilege.ts';
import { refusalsOf, template } from '../../scripts/template/stack.ts';
import { pythonWith } from '../setup/environment.ts';
import { describeWith } from '../setup/real-parts.ts';
import { run } from '../setup/run.ts';

const root = join(import.meta.dirname, '..', '..');
const guide = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8');
const policy = readFileSync(join(root, 'docs', 'deploy-policy.json'), 'utf8');

/** The guide's first example in this language that contains a text. */
const example = (language: string, part: string): string =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))]
    .map(([, text = '']) => text)
    .find((text) => text.includes(part)) ?? '';

/** Prints what SAM reads from the samconfig.toml of a folder. */
const readBySam = `
import json, sys
from samcli.lib.config.samconfig import SamConfig
print(json.dumps(SamConfig(sys.argv[1]).get_all(["deploy"], "parameters")))
`;

describeWith(['sam', 'parliament'], 'the guide’s examples', () => {
  test('of samconfig.toml is read by SAM, and deploys the template with parameters that it accepts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'samconfig-'));
    try {
      await writeFile(join(folder, 'samconfig.toml'), example('toml', 'stack_name'));
      const read = objectOf(
        JSON.parse(await run(await pythonWith('sam'), ['-c', readBySam, folder], { limitMs: 60_000 })),
      );
      const given = Object.fromEntries(
        textOf(read['parameter_overrides'])
          .split(' ')
          .map((pair) => pair.split('=', 2) as [string, string]),
      );

      expect(read).toMatchObject({ stack_name: 'hokusai-synthetics', capabilities: 'CAPABILITY_IAM' });
      // The deployer's policy allows this prefix of the bucket only.
      expect(policy).toContain(`samclisourcebucket-*/${textOf(read['s3_prefix'])}*`);
      expect(refusalsOf(given)).toEqual([]);
      for (const [name, value] of Object.entries(given)) {
        const { AllowedPattern } = objectOf(objectOf(template['Parameters'])[name]);
        expect(value).toMatch(new RegExp(`^(?:${textOf(AllowedPattern)})$`));
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('of a pipeline asks for a token, assumes a role, builds and deploys without questions', () => {
    const { permissions, jobs } = objectOf(parse(example('yaml', 'role-to-assume')));
    const steps = listOf(objectOf(objectOf(jobs)['deploy'])['steps']).map(objectOf);

    expect(permissions).toEqual({ 'id-token': 'write', contents: 'read' });
    expect(steps.map(({ uses, run: command }) => textOf(uses ?? command).split('@')[0])).toEqual([
      ...['actions/checkout', 'actions/setup-node', 'aws-actions/setup-sam', 'aws-actions/configure-aws-credentials'],
      'npm ci && npm run build',
      'sam build && sam deploy --no-confirm-changeset --no-fail-on-empty-changeset',
    ]);
    expect(JSON.stringify(steps)).not.toMatch(/access-key|secret/i);
  });

  test('of a trust policy accepts one repository and one environment only', async () => {
    const trust = objectOf(JSON.parse(example('json', 'AssumeRoleWithWebIdentity')));
    const [statement = {}] = listOf(trust['Statement']).map(objectOf);

    expect(objectOf(objectOf(statement['Condition'])['StringEquals'])).toEqual({
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': 'repo:OWNER/REPOSITORY:environment:production',
    });
    // Parliament reads trust policies, too, as far as actions and conditions go.
    expect((await lintPolicies({ trust })).map(({ issue }) => issue)).not.toContain('UNKNOWN_ACTION');
  });
});
