import { expect, test } from 'vitest';
import { hookLimits } from '../../../src/functions/deploy-hook/limits.ts';
import { ecsEvent, shiftingEvent } from '../../functions/deploy-hook/ecs-events.ts';
import { describeWith } from '../../setup/real-parts.ts';
import { minutes, oneLookMs, patienceMs, useHookStage } from './stage.ts';

describeWith('moto', 'the check of a deployment as a lifecycle hook of Amazon ECS', () => {
  const stage = useHookStage();

  test(
    'lets a healthy deployment continue, and asks CodeDeploy nothing',
    async () => {
      const hook = await stage.startWith(await stage.sandboxWith());

      const ended = await hook.invoke(ecsEvent());

      expect(ended, hook.log()).toEqual({ kind: 'response', value: { hookStatus: 'SUCCEEDED' } });
      expect(hook.lines()).toContainEqual(
        expect.objectContaining({ deployment: 'EZe5RNVLH6PPzHXINuP28', status: 'Succeeded' }),
      );
      expect(stage.codeDeploy.calls).toEqual([]);
    },
    patienceMs,
  );

  test(
    'fails it for a fault, even if an incident began shortly before the hook',
    async () => {
      const sandbox = await stage.sandboxWith('discovery-record-deleted');
      await stage.remember(minutes(3), await stage.failingWith(sandbox));
      await stage.renewCodeDeploy();
      const hook = await stage.startWith(sandbox);

      const ended = await hook.invoke(ecsEvent(), oneLookMs);

      expect(ended, hook.log()).toEqual({ kind: 'response', value: { hookStatus: 'FAILED' } });
      expect(stage.codeDeploy.calls).toEqual([]);
    },
    patienceMs,
  );

  test(
    'lets it continue with an incident that is older than any deployment in progress',
    async () => {
      const sandbox = await stage.sandboxWith('discovery-record-deleted');
      await stage.remember(minutes(45), await stage.failingWith(sandbox));
      const hook = await stage.startWith(sandbox);

      const ended = await hook.invoke(ecsEvent(), oneLookMs);

      expect(ended, hook.log()).toEqual({ kind: 'response', value: { hookStatus: 'SUCCEEDED' } });
    },
    patienceMs,
  );

  test(
    'is invoked again while the version is awaited, and fails the deployment when it does not come',
    async () => {
      const hook = await stage.startWith(await stage.sandboxWith(), { SYNTHETICS_WAIT_FOR: '2027.1.0' });
      const timeoutMs = 300_000;

      const first = await hook.invoke(ecsEvent(), timeoutMs);

      expect(first, hook.log()).toEqual({
        kind: 'response',
        value: { hookStatus: 'IN_PROGRESS', callBackDelay: 30, hookDetails: { since: expect.any(String) } },
      });
      const since = minutes(hookLimits.ecsWaitMs / 60_000);
      const last = await hook.invoke(ecsEvent({ hookDetails: { since } }), timeoutMs);
      expect(last, hook.log()).toEqual({ kind: 'response', value: { hookStatus: 'FAILED' } });
    },
    patienceMs,
  );

  test('checks nothing while ECS rolls back', async () => {
    const hook = await stage.start({ SYNTHETICS_CONFIG: '{}' });

    const ended = await hook.invoke(shiftingEvent('PRODUCTION_TRAFFIC_SHIFT', 0));

    expect(ended).toEqual({ kind: 'response', value: { hookStatus: 'SUCCEEDED' } });
    expect(stage.dynamo.operations).toEqual([]);
  });

  test('fails the deployment if the check cannot run, with the reason in the log', async () => {
    const hook = await stage.start({ SYNTHETICS_CONFIG: '{}' });

    const ended = await hook.invoke(ecsEvent());

    expect(ended).toEqual({ kind: 'response', value: { hookStatus: 'FAILED' } });
    expect(hook.lines()).toContainEqual(
      expect.objectContaining({ level: 'ERROR', reason: expect.stringMatching(/^the check could not run: /) }),
    );
  });
});
