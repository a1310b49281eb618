import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/confirm/operations.ts';
import type { AwsChange } from '../../src/model/aws-confirmation.ts';
import { type AwsInventory, healthyInventory } from '../../src/sandbox/aws/inventory.ts';
import { startSandboxAws } from '../../src/sandbox/aws/server.ts';
import { confirmationLines } from '../../src/wording/aws-confirmation.ts';
import { askChanges } from './asking.ts';
import { startRecorder } from './recorded.ts';

const minute = 60_000;

interface Asking {
  /** Minutes since it began; null: not known. */
  readonly began?: number | null;
  readonly stacks?: readonly string[];
  readonly denied?: Operation;
  readonly calls?: number;
}

/** The changes that an AWS shows, as a report lists them. */
const changesIn = async (
  change: (inventory: AwsInventory, now: number) => void,
  { began = 20, stacks = [], denied, calls = 20 }: Asking = {},
): Promise<readonly AwsChange[]> => {
  const now = Date.now();
  const inventory = healthyInventory(now);
  change(inventory, now);
  const aws = await startSandboxAws(inventory);
  const recorder = await startRecorder(aws.endpoint, () => denied ?? null);
  try {
    const onset = began === null ? null : now - began * minute;
    return await askChanges(recorder.endpoint, { now, onset, stacks, calls });
  } finally {
    await recorder.close();
    await aws.close();
  }
};

const updated = (at: number, resource = 'ApiService', status = 'UPDATE_COMPLETE') => ({
  at,
  resource,
  type: 'AWS::ECS::Service',
  status,
});
const revoked = (at: number, resource = 'sg-api') => ({ at, name: 'RevokeSecurityGroupIngress', resource });
const lines = (changes: readonly AwsChange[]): readonly string[] => confirmationLines({ findings: [], changes });

describe('changes before a fault began', () => {
  test('are listed newest first, each resource with its last state', async () => {
    const changes = await changesIn((inventory, now) => {
      inventory.stackEvents = [
        updated(now - 24 * minute),
        updated(now - 26 * minute, 'ApiService', 'UPDATE_IN_PROGRESS'),
        updated(now - 22 * minute, 'ApiRule', 'DELETE_IN_PROGRESS'),
      ];
      inventory.trailEvents = [revoked(now - 23 * minute)];
    });

    expect(lines(changes)).toEqual([
      expect.stringMatching(
        /^changed shortly before, .* UTC: ApiRule \(AWS::ECS::Service\) of the stack hokusai-development: DELETE_IN_PROGRESS \(cloudformation:DescribeStackEvents\)$/,
      ),
      expect.stringMatching(/UTC: RevokeSecurityGroupIngress of sg-api \(cloudtrail:LookupEvents\)$/),
      expect.stringMatching(/ApiService .*: UPDATE_COMPLETE/),
    ]);
  });

  test.for([
    ['older than half an hour', -51],
    ['after it began', -19],
  ] as const)('are not listed if they are %s', async ([, minutes]) => {
    const changes = await changesIn((inventory, now) => {
      inventory.stackEvents = [updated(now + minutes * minute)];
      inventory.trailEvents = [revoked(now + minutes * minute)];
    });

    expect(changes).toEqual([]);
  });

  test('are those of the last half hour if it is not known when it began, and CloudTrail may lack some', async () => {
    const changes = await changesIn(
      (inventory, now) => {
        inventory.trailEvents = [revoked(now - 2 * minute)];
      },
      { began: null },
    );

    expect(lines(changes)).toEqual([
      expect.stringContaining('RevokeSecurityGroupIngress of sg-api'),
      'changes shortly before: some may be missing: CloudTrail is up to 15 minutes late (cloudtrail:LookupEvents)',
    ]);
  });

  test('are said to be none seen yet if there are none and CloudTrail may lack some', async () => {
    expect(lines(await changesIn(() => undefined, { began: null }))).toEqual([
      'changes shortly before: none seen yet: CloudTrail is up to 15 minutes late (cloudtrail:LookupEvents)',
    ]);
  });

  test('that only read, or concern no rule, are left out', async () => {
    const changes = await changesIn((inventory, now) => {
      inventory.trailEvents = ['CreateLogStream', 'DescribeRules', 'RegisterTargets'].map((name) => ({
        ...revoked(now - 22 * minute),
        name,
      }));
    });

    expect(changes).toEqual([]);
  });

  test('are cut to a few lines, and the rest is counted', async () => {
    const changes = await changesIn((inventory, now) => {
      inventory.stackEvents = Array.from({ length: 40 }, (_, index) => updated(now - 22 * minute, `Rule${index}`));
    });

    expect(changes).toHaveLength(7);
    expect(changes.at(-1)).toMatchObject({ at: null, line: 'and 34 more' });
  });

  test.for(['cloudtrail:LookupEvents', 'cloudformation:DescribeStackEvents'] as const)(
    'say what is missing without a permission for %s',
    async (denied) => {
      expect(lines(await changesIn(() => undefined, { denied }))).toEqual([
        `changes shortly before: could not ask: no permission for ${denied}, add it with the policy in docs/confirm.md (${denied})`,
      ]);
    },
  );

  test('of resources that no stack owns are asked of CloudTrail only', async () => {
    const none = await changesIn((inventory) => {
      inventory.stack = null;
    });

    expect(none).toEqual([]);
  });

  test('are those of the configured stacks, and a wrong name is said', async () => {
    const change = (inventory: AwsInventory, now: number): void => {
      inventory.stackEvents = [updated(now - 22 * minute)];
    };

    expect(await changesIn(change, { stacks: ['hokusai-development'] })).toHaveLength(1);
    expect(lines(await changesIn(change, { stacks: ['hokusai-old'] }))).toEqual([
      expect.stringMatching(/could not ask: .*\(cloudformation:DescribeStackEvents/),
    ]);
  });

  test('use only the calls that are left', async () => {
    expect(await changesIn(() => undefined, { calls: 0 })).toEqual([]);
  });
});
