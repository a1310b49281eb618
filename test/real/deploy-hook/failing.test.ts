import { expect, test } from 'vitest';
import { hookLimits } from '../../../src/functions/deploy-hook/limits.ts';
import { endlessWays, startMisbehaving, type Way } from '../../setup/misbehaving.ts';
import { describeWith } from '../../setup/real-parts.ts';
import { conclusionIn, event, patienceMs, told, useHookStage } from './stage.ts';

describeWith('moto', 'a check of a deployment that cannot run', () => {
  const stage = useHookStage();

  const monitorFailures = [
    { what: 'an invalid configuration', with: { SYNTHETICS_CONFIG: '{"enviroment":"test"}' }, says: /enviroment/ },
    { what: 'a missing key', with: { SYNTHETICS_CONFIG: '{}' }, says: /HOKUSAI_API_KEY/ },
    { what: 'a misspelt switch', with: { SYNTHETICS_BLOCK_ON_KNOWN: 'yes' }, says: /neither true nor false/ },
    {
      what: 'a time-out too short for a cycle',
      with: {
        SYNTHETICS_CONFIG: '{"credentials":{"apiKey":{"env":"HOKUSAI_API_KEY"}}}',
        HOKUSAI_API_KEY: 'hk_test_0123456789abcdef',
      },
      timeoutMs: hookLimits.reportReserveMs + 1_500,
      says: /no time (?:is|was) left|time ran out/,
    },
  ] as const;

  test.each(monitorFailures)('fails loudly: $what fails the deployment, with the reason', async (failure) => {
    const hook = await stage.start(failure.with);

    const ended = await hook.invoke(event, 'timeoutMs' in failure ? failure.timeoutMs : 60_000);

    expect(ended, hook.log()).toMatchObject({ kind: 'response', value: { status: 'Failed' } });
    expect(stage.codeDeploy.calls).toEqual([told('Failed')]);
    expect(conclusionIn(hook)).toMatchObject([
      { level: 'ERROR', reason: expect.stringMatching(/^the check could not run: /) },
    ]);
    expect(conclusionIn(hook)[0]?.['reason']).toMatch(failure.says);
  });

  const ill = async (way: Way): Promise<string> => {
    const made = await startMisbehaving({ way, upstream: stage.dynamo.endpoint, certificate: null });
    stage.running.push(made);
    return `http://127.0.0.1:${made.port}`;
  };

  test('fails loudly: if AWS hangs, the deployment fails in time, and the report says what hung', async () => {
    const endpoint = await ill('takes the request and says nothing');
    const hook = await stage.start({ SYNTHETICS_CONFIG_SSM: '/hokusai', AWS_ENDPOINT_URL_SSM: endpoint });

    await hook.invoke(event, hookLimits.reportReserveMs + 1_500);

    expect(stage.codeDeploy.calls, hook.log()).toEqual([told('Failed')]);
    expect(conclusionIn(hook)).toMatchObject([
      { reason: expect.stringMatching(/^the check could not run: .*The parameter store \(SSM\) did not answer/) },
    ]);
  });

  test.each(['takes the request and says nothing', 'sends a head and no body', 'sends a byte a second'] as const)(
    'lets a healthy deployment continue when DynamoDB %s; only the earlier failures are unknown',
    async (way) => {
      const hook = await stage.startWith(await stage.sandboxWith(), { AWS_ENDPOINT_URL_DYNAMODB: await ill(way) });

      const ended = await hook.invoke(event);

      expect(ended, hook.log()).toMatchObject({ kind: 'response', value: { status: 'Succeeded' } });
      expect(hook.lines()).toContainEqual(
        expect.objectContaining({ level: 'WARN', message: expect.stringMatching(/every failure counts: .*DynamoDB/) }),
      );
    },
    patienceMs,
  );

  test.each(endlessWays)('fails loudly and in time when CodeDeploy %s', async (way) => {
    const hook = await stage.start({ SYNTHETICS_CONFIG: '{}', AWS_ENDPOINT_URL_CODEDEPLOY: await ill(way) });
    const timeoutMs = hookLimits.reportReserveMs + 3_000;
    const began = performance.now();

    const ended = await hook.invoke(event, timeoutMs);

    expect(ended, hook.log()).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringMatching(/^CodeDeploy did not receive the result of d-ABCDEF123 \(Failed\): /),
    });
    expect(performance.now() - began).toBeLessThan(timeoutMs);
    expect(conclusionIn(hook)).toHaveLength(1);
  });

  test('checks nothing and reports nothing for an event from elsewhere', async () => {
    const hook = await stage.start({ SYNTHETICS_CONFIG: '{}' });

    const ended = await hook.invoke({ DeploymentId: 'd-ABCDEF123' });

    expect(ended).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringContaining('has no LifecycleEventHookExecutionId'),
    });
    expect(stage.codeDeploy.calls).toEqual([]);
    expect(stage.dynamo.operations).toEqual([]);
  });

  test('fails loudly when CodeDeploy refuses the result', async () => {
    await stage.renewCodeDeploy('UnsupportedActionForDeploymentTypeException');
    const hook = await stage.start({ SYNTHETICS_CONFIG: '{}' });

    const ended = await hook.invoke(event);

    expect(ended).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringMatching(
        /^CodeDeploy did not receive the result of d-ABCDEF123 \(Failed\): UnsupportedActionForDeploymentTypeException/,
      ),
    });
    expect(conclusionIn(hook)).toHaveLength(1);
  });

  test.each(['LifecycleEventAlreadyCompletedException', 'DeploymentDoesNotExistException'])(
    'does not fail with %s, because Lambda would repeat the whole check and nobody would take its result',
    async (refusal) => {
      await stage.renewCodeDeploy(refusal);
      const hook = await stage.start({ SYNTHETICS_CONFIG: '{}' });

      const ended = await hook.invoke(event);

      expect(ended, hook.log()).toMatchObject({ kind: 'response', value: { status: 'Failed' } });
      expect(hook.lines()).toContainEqual(
        expect.objectContaining({ level: 'ERROR', message: expect.stringContaining(refusal) }),
      );
    },
  );
});
