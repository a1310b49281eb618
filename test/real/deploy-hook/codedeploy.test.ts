import { expect, test } from 'vitest';
import { bundleSizes } from '../../../scripts/bundle/sizes.ts';
import { hookLimits } from '../../../src/functions/deploy-hook/limits.ts';
import type { LambdaFunction } from '../../setup/lambda-function.ts';
import { describeWith } from '../../setup/real-parts.ts';
import { startBreakable } from './breakable.ts';
import { conclusionIn, event, minutes, oneLookMs, patienceMs, told, useHookStage } from './stage.ts';

describeWith('moto', 'the check of a deployment, as it is deployed', () => {
  const stage = useHookStage();

  test(
    'lets a healthy deployment continue, and sends no unnecessary requests',
    async () => {
      const hook = await stage.startWith(await stage.sandboxWith());

      const ended = await hook.invoke(event);

      expect(ended, hook.log()).toMatchObject({ kind: 'response', value: { status: 'Succeeded' } });
      expect(stage.codeDeploy.calls).toEqual([told('Succeeded')]);
      expect(stage.dynamo.operations).toEqual(['GetItem']);
      expect(conclusionIn(hook)).toMatchObject([{ level: 'INFO', status: 'Succeeded', failing: [], cycles: 1 }]);
    },
    patienceMs,
  );

  test(
    'fails it for a fault, with requests, diagnosis and first command in one log line',
    async () => {
      const hook = await stage.startWith(await stage.sandboxWith('discovery-record-deleted'));

      const ended = await hook.invoke(event, oneLookMs);

      expect(ended, hook.log()).toMatchObject({ kind: 'response', value: { status: 'Failed' } });
      expect(stage.codeDeploy.calls).toEqual([told('Failed')]);
      const lines = conclusionIn(hook);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({
        level: 'WARN',
        message: expect.stringMatching(/^Deployment d-ABCDEF123 fails: The API does not find MLflow.* %\)/),
        failing: expect.arrayContaining([
          expect.objectContaining({
            id: 'registry.mlflow-proxy-health',
            failureMode: 'upstream-unreachable',
            hop: 'service-discovery',
          }),
        ]),
        diagnosis: {
          causes: expect.arrayContaining([
            expect.objectContaining({ id: 'service-discovery-broken', probability: expect.any(Number) }),
          ]),
        },
        command: expect.stringMatching(/\S/),
      });
    },
    patienceMs,
  );

  test(
    'checks again before it fails a deployment, and the last check decides',
    async () => {
      const sandbox = await stage.sandboxWith();
      const [healed, broken] = await Promise.all([startBreakable(sandbox), startBreakable(sandbox)]);
      const withConfiguration = (text: string): Promise<LambdaFunction> => stage.start({ SYNTHETICS_CONFIG: text });
      const rollOver = await withConfiguration(healed.configuration);
      const fault = await withConfiguration(broken.configuration);

      const ends = await Promise.all([
        Promise.race([
          rollOver.invoke(event, 120_000),
          healed.healWhen(() => rollOver.log().includes('Cycle 1 failed')),
        ]),
        // Time for another check, and none for a whole cut-over.
        fault.invoke(event, 60_000),
      ]);

      expect(ends).toMatchObject([{ value: { status: 'Succeeded' } }, { value: { status: 'Failed' } }]);
      expect(conclusionIn(rollOver), rollOver.log()).toMatchObject([{ status: 'Succeeded', cycles: 2 }]);
      expect(conclusionIn(fault), fault.log()).toMatchObject([
        { status: 'Failed', cycles: expect.toSatisfy((cycles: number) => cycles >= 2) },
      ]);
      healed.close();
      broken.close();
    },
    patienceMs,
  );

  test(
    'lets it continue with an earlier fault, unless earlier faults are set to block',
    async () => {
      const sandbox = await stage.sandboxWith('discovery-record-deleted');
      await stage.remember(minutes(30), await stage.failingWith(sandbox));
      await stage.renewCodeDeploy();
      const hook = await stage.startWith(sandbox);
      const strict = await stage.startWith(sandbox, { SYNTHETICS_BLOCK_ON_KNOWN: 'true' });

      await hook.invoke(event, oneLookMs);
      expect(stage.codeDeploy.calls, hook.log()).toEqual([
        { operation: 'GetDeployment', input: { deploymentId: 'd-ABCDEF123' } },
        told('Succeeded'),
      ]);
      expect(conclusionIn(hook)).toMatchObject([
        { known: expect.arrayContaining(['registry.mlflow-proxy-health']), openBefore: [expect.any(String)] },
      ]);

      await strict.invoke(event, oneLookMs);
      expect(stage.codeDeploy.calls.at(-1)).toEqual(told('Failed'));
    },
    patienceMs,
  );

  test(
    'fails it for an incident that began after it, because the schedule may have been faster',
    async () => {
      const sandbox = await stage.sandboxWith('discovery-record-deleted');
      await stage.remember(minutes(3), await stage.failingWith(sandbox));
      const hook = await stage.startWith(sandbox);

      await hook.invoke(event, oneLookMs);

      expect(stage.codeDeploy.calls.at(-1)).toEqual(told('Failed'));
      expect(conclusionIn(hook)).toMatchObject([{ status: 'Failed', openBefore: [] }]);
    },
    patienceMs,
  );

  test(
    'treats every failure as new when the earlier state is unreadable, and says so',
    async () => {
      const hook = await stage.startWith(await stage.sandboxWith(), { SYNTHETICS_STATE_TABLE: 'another-table' });

      await hook.invoke(event);

      expect(stage.codeDeploy.calls).toEqual([told('Succeeded')]);
      expect(hook.lines()).toContainEqual(
        expect.objectContaining({ level: 'WARN', message: expect.stringContaining('so every failure counts') }),
      );
    },
    patienceMs,
  );

  test(
    'waits for the version, and fails a deployment whose version never comes',
    async () => {
      const sandbox = await stage.sandboxWith();
      const hook = await stage.startWith(sandbox, { SYNTHETICS_WAIT_FOR: '2027.1.0' });
      const deadlinesMs =
        2 * 50_000 + hookLimits.confirmPauseMs + hookLimits.cycleMarginMs + hookLimits.reportReserveMs;

      await hook.invoke(event, deadlinesMs + 8_000);

      expect(stage.codeDeploy.calls, hook.log()).toEqual([told('Failed')]);
      expect(conclusionIn(hook)).toMatchObject([
        { reason: 'version 2027.1.0 was not served on all paths in time', cycles: 1 },
      ]);
    },
    patienceMs,
  );

  test('has at most 730 KB of code, loads little of it at start, and contains no sandbox', () => {
    const { entry, sum } = bundleSizes(stage.metafile);

    expect(sum).toBeLessThanOrEqual(730_000);
    expect(entry).toBeLessThanOrEqual(65_000);
    expect(
      Object.keys(stage.metafile.inputs).filter((path) => /^src\/(sandbox|cli|drill|notify|metrics)\//.test(path)),
    ).toEqual([]);
  });
});
