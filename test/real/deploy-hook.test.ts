import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Metafile } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { bundleSizes } from '../../scripts/bundle/sizes.ts';
import { hookLimits } from '../../src/functions/deploy-hook/limits.ts';
import { createDynamoStore } from '../../src/incidents/stores/dynamodb.ts';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import { ecsEvent, shiftingEvent } from '../functions/deploy-hook/ecs-events.ts';
import { incident, stateAt } from '../functions/deploy-hook/states.ts';
import { type AwsGateway, startAwsGateway } from '../setup/aws-gateway.ts';
import { type CodeDeployServer, startCodeDeploy } from '../setup/codedeploy.ts';
import { type LambdaFunction, startFunction } from '../setup/lambda-function.ts';
import { endlessWays, type Misbehaving, startMisbehaving, type Way } from '../setup/misbehaving.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { copyFunction, metafileOf } from '../support/built.ts';

const table = 'hokusai-synthetics-incidents';
const event = { DeploymentId: 'd-ABCDEF123', LifecycleEventHookExecutionId: 'an-execution' };
const told = (status: 'Succeeded' | 'Failed') => ({
  operation: 'PutLifecycleEventHookExecutionStatus',
  input: { deploymentId: 'd-ABCDEF123', lifecycleEventHookExecutionId: 'an-execution', status },
});
const minutes = (count: number): string => new Date(Date.now() - count * 60_000).toISOString();

/** Time for one cycle and the report, and none for a second one. */
const oneLookMs = hookLimits.reportReserveMs + hookLimits.cycleMarginMs + hookLimits.confirmPauseMs;
const patienceMs = 120_000;

describeWith('moto', 'the check of a deployment, as it is deployed', () => {
  const runtime = inject('lambdaRuntime');
  let folder: string;
  let metafile: Metafile;
  let moto: Moto;
  let dynamo: AwsGateway;
  let codeDeploy: CodeDeployServer;
  const running: (LambdaFunction | ThreadedSandbox | CodeDeployServer | Misbehaving)[] = [];

  const sandboxWith = async (...faultIds: readonly string[]): Promise<ThreadedSandbox> => {
    const sandbox = await startSandboxThread({ options: { generation: '2026', mlflowUrl: null, pace: 2 }, faultIds });
    running.push(sandbox);
    return sandbox;
  };

  const start = async (environment: Readonly<Record<string, string>>): Promise<LambdaFunction> => {
    const made = await startFunction(runtime, folder, {
      AWS_ENDPOINT_URL: dynamo.endpoint,
      AWS_ENDPOINT_URL_CODEDEPLOY: codeDeploy.endpoint,
      SYNTHETICS_STATE_TABLE: table,
      ...environment,
    });
    running.push(made);
    return made;
  };

  const startWith = (
    { configurationFile }: ThreadedSandbox,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<LambdaFunction> => start({ SYNTHETICS_CONFIG_FILE: configurationFile, ...environment });

  const client = () =>
    new DynamoDBClient({
      endpoint: moto.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    });

  /** What the scheduled cycles have remembered: one incident that began then. */
  const remember = async (startedAt: string, ids: readonly string[]): Promise<void> => {
    const state = stateAt(minutes(1), [incident(startedAt, ids, { environment: 'sandbox' })], 'sandbox');
    expect(await createDynamoStore({ client: client(), table }).save(state, null)).toBe(true);
  };

  const conclusionIn = (hook: LambdaFunction) =>
    hook.lines().filter(({ message }) => String(message).startsWith('Deployment d-ABCDEF123 '));

  /** Ids that one check finds failing. */
  const failingWith = async (sandbox: ThreadedSandbox): Promise<readonly string[]> => {
    const hook = await startWith(sandbox, { SYNTHETICS_STATE_TABLE: '' });
    await hook.invoke(event, oneLookMs);
    const [line] = conclusionIn(hook);
    const failing = (line?.['failing'] ?? []) as readonly { readonly id: string }[];
    expect(line?.['failingCount'], hook.log()).toBe(failing.length);
    return failing.map(({ id }) => id);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deploy-hook-'));
    await copyFunction('deploy-hook', folder);
    [metafile, moto] = await Promise.all([metafileOf('deploy-hook'), startMoto()]);
  });
  afterAll(async () => {
    await moto.close();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await moto.reset();
    dynamo = await startAwsGateway(moto.endpoint);
    codeDeploy = await startCodeDeploy({ createdAt: new Date(minutes(5)), refusal: null });
    await client().send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'environment', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'environment', AttributeType: 'S' }],
      }),
    );
  });
  afterEach(async () => {
    // Whatever was found: incidents are read, and nothing else is asked of AWS.
    expect(dynamo.operations.filter((operation) => operation !== 'GetItem')).toEqual([]);
    await Promise.all(running.splice(0).map((one) => one.close()));
    await Promise.all([dynamo.close(), codeDeploy.close()]);
  });

  test(
    'lets a healthy deployment continue, and sends no unnecessary requests',
    async () => {
      const hook = await startWith(await sandboxWith());

      const ended = await hook.invoke(event);

      expect(ended, hook.log()).toMatchObject({ kind: 'response', value: { status: 'Succeeded' } });
      expect(codeDeploy.calls).toEqual([told('Succeeded')]);
      expect(dynamo.operations).toEqual(['GetItem']);
      expect(conclusionIn(hook)).toMatchObject([{ level: 'INFO', status: 'Succeeded', failing: [], cycles: 1 }]);
    },
    patienceMs,
  );

  test(
    'fails it for a fault, with requests, diagnosis and first command in one log line',
    async () => {
      const hook = await startWith(await sandboxWith('discovery-record-deleted'));

      const ended = await hook.invoke(event, oneLookMs);

      expect(ended, hook.log()).toMatchObject({ kind: 'response', value: { status: 'Failed' } });
      expect(codeDeploy.calls).toEqual([told('Failed')]);
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
      const sandbox = await sandboxWith();
      const [healed, broken] = await Promise.all([startBreakable(sandbox), startBreakable(sandbox)]);
      const withConfiguration = (text: string): Promise<LambdaFunction> => start({ SYNTHETICS_CONFIG: text });
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
      const sandbox = await sandboxWith('discovery-record-deleted');
      await remember(minutes(30), await failingWith(sandbox));
      codeDeploy = await renewed();
      const hook = await startWith(sandbox);
      const strict = await startWith(sandbox, { SYNTHETICS_BLOCK_ON_KNOWN: 'true' });

      await hook.invoke(event, oneLookMs);
      expect(codeDeploy.calls, hook.log()).toEqual([
        { operation: 'GetDeployment', input: { deploymentId: 'd-ABCDEF123' } },
        told('Succeeded'),
      ]);
      expect(conclusionIn(hook)).toMatchObject([
        { known: expect.arrayContaining(['registry.mlflow-proxy-health']), openBefore: [expect.any(String)] },
      ]);

      await strict.invoke(event, oneLookMs);
      expect(codeDeploy.calls.at(-1)).toEqual(told('Failed'));
    },
    patienceMs,
  );

  test(
    'fails it for an incident that began after it, because the schedule may have been faster',
    async () => {
      const sandbox = await sandboxWith('discovery-record-deleted');
      await remember(minutes(3), await failingWith(sandbox));
      const hook = await startWith(sandbox);

      await hook.invoke(event, oneLookMs);

      expect(codeDeploy.calls.at(-1)).toEqual(told('Failed'));
      expect(conclusionIn(hook)).toMatchObject([{ status: 'Failed', openBefore: [] }]);
    },
    patienceMs,
  );

  test(
    'treats every failure as new when the earlier state is unreadable, and says so',
    async () => {
      const hook = await startWith(await sandboxWith(), { SYNTHETICS_STATE_TABLE: 'another-table' });

      await hook.invoke(event);

      expect(codeDeploy.calls).toEqual([told('Succeeded')]);
      expect(hook.lines()).toContainEqual(
        expect.objectContaining({ level: 'WARN', message: expect.stringContaining('so every failure counts') }),
      );
    },
    patienceMs,
  );

  test(
    'waits for the version, and fails a deployment whose version never comes',
    async () => {
      const sandbox = await sandboxWith();
      const hook = await startWith(sandbox, { SYNTHETICS_WAIT_FOR: '2027.1.0' });
      const deadlinesMs =
        2 * 50_000 + hookLimits.confirmPauseMs + hookLimits.cycleMarginMs + hookLimits.reportReserveMs;

      await hook.invoke(event, deadlinesMs + 8_000);

      expect(codeDeploy.calls, hook.log()).toEqual([told('Failed')]);
      expect(conclusionIn(hook)).toMatchObject([
        { reason: 'version 2027.1.0 was not served on all paths in time', cycles: 1 },
      ]);
    },
    patienceMs,
  );

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
    const hook = await start(failure.with);

    const ended = await hook.invoke(event, 'timeoutMs' in failure ? failure.timeoutMs : 60_000);

    expect(ended, hook.log()).toMatchObject({ kind: 'response', value: { status: 'Failed' } });
    expect(codeDeploy.calls).toEqual([told('Failed')]);
    expect(conclusionIn(hook)).toMatchObject([
      { level: 'ERROR', reason: expect.stringMatching(/^the check could not run: /) },
    ]);
    expect(conclusionIn(hook)[0]?.['reason']).toMatch(failure.says);
  });

  const ill = async (way: Way): Promise<string> => {
    const made = await startMisbehaving({ way, upstream: dynamo.endpoint, certificate: null });
    running.push(made);
    return `http://127.0.0.1:${made.port}`;
  };

  test('fails loudly: if AWS hangs, the deployment fails in time, and the report says what hung', async () => {
    const endpoint = await ill('takes the request and says nothing');
    const hook = await start({ SYNTHETICS_CONFIG_SSM: '/hokusai', AWS_ENDPOINT_URL_SSM: endpoint });

    await hook.invoke(event, hookLimits.reportReserveMs + 1_500);

    expect(codeDeploy.calls, hook.log()).toEqual([told('Failed')]);
    expect(conclusionIn(hook)).toMatchObject([
      { reason: expect.stringMatching(/^the check could not run: .*The parameter store \(SSM\) did not answer/) },
    ]);
  });

  test.each(['takes the request and says nothing', 'sends a head and no body', 'sends a byte a second'] as const)(
    'lets a healthy deployment continue when DynamoDB %s; only the earlier failures are unknown',
    async (way) => {
      const hook = await startWith(await sandboxWith(), { AWS_ENDPOINT_URL_DYNAMODB: await ill(way) });

      const ended = await hook.invoke(event);

      expect(ended, hook.log()).toMatchObject({ kind: 'response', value: { status: 'Succeeded' } });
      expect(hook.lines()).toContainEqual(
        expect.objectContaining({ level: 'WARN', message: expect.stringMatching(/every failure counts: .*DynamoDB/) }),
      );
    },
    patienceMs,
  );

  test.each(endlessWays)('fails loudly and in time when CodeDeploy %s', async (way) => {
    const hook = await start({ SYNTHETICS_CONFIG: '{}', AWS_ENDPOINT_URL_CODEDEPLOY: await ill(way) });
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
    const hook = await start({ SYNTHETICS_CONFIG: '{}' });

    const ended = await hook.invoke({ DeploymentId: 'd-ABCDEF123' });

    expect(ended).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringContaining('has no LifecycleEventHookExecutionId'),
    });
    expect(codeDeploy.calls).toEqual([]);
    expect(dynamo.operations).toEqual([]);
  });

  test('fails loudly when CodeDeploy refuses the result', async () => {
    await codeDeploy.close();
    codeDeploy = await startCodeDeploy({
      createdAt: new Date(),
      refusal: 'UnsupportedActionForDeploymentTypeException',
    });
    const hook = await start({ SYNTHETICS_CONFIG: '{}' });

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
      await codeDeploy.close();
      codeDeploy = await startCodeDeploy({ createdAt: new Date(), refusal });
      const hook = await start({ SYNTHETICS_CONFIG: '{}' });

      const ended = await hook.invoke(event);

      expect(ended, hook.log()).toMatchObject({ kind: 'response', value: { status: 'Failed' } });
      expect(hook.lines()).toContainEqual(
        expect.objectContaining({ level: 'ERROR', message: expect.stringContaining(refusal) }),
      );
    },
  );

  describe('as a lifecycle hook of Amazon ECS', () => {
    test(
      'lets a healthy deployment continue, and asks CodeDeploy nothing',
      async () => {
        const hook = await startWith(await sandboxWith());

        const ended = await hook.invoke(ecsEvent());

        expect(ended, hook.log()).toEqual({ kind: 'response', value: { hookStatus: 'SUCCEEDED' } });
        expect(hook.lines()).toContainEqual(
          expect.objectContaining({ deployment: 'EZe5RNVLH6PPzHXINuP28', status: 'Succeeded' }),
        );
        expect(codeDeploy.calls).toEqual([]);
      },
      patienceMs,
    );

    test(
      'fails it for a fault, even if an incident began shortly before the hook',
      async () => {
        const sandbox = await sandboxWith('discovery-record-deleted');
        await remember(minutes(3), await failingWith(sandbox));
        codeDeploy = await renewed();
        const hook = await startWith(sandbox);

        const ended = await hook.invoke(ecsEvent(), oneLookMs);

        expect(ended, hook.log()).toEqual({ kind: 'response', value: { hookStatus: 'FAILED' } });
        expect(codeDeploy.calls).toEqual([]);
      },
      patienceMs,
    );

    test(
      'lets it continue with an incident that is older than any deployment in progress',
      async () => {
        const sandbox = await sandboxWith('discovery-record-deleted');
        await remember(minutes(45), await failingWith(sandbox));
        const hook = await startWith(sandbox);

        const ended = await hook.invoke(ecsEvent(), oneLookMs);

        expect(ended, hook.log()).toEqual({ kind: 'response', value: { hookStatus: 'SUCCEEDED' } });
      },
      patienceMs,
    );

    test(
      'is invoked again while the version is awaited, and fails the deployment when it does not come',
      async () => {
        const hook = await startWith(await sandboxWith(), { SYNTHETICS_WAIT_FOR: '2027.1.0' });
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
      const hook = await start({ SYNTHETICS_CONFIG: '{}' });

      const ended = await hook.invoke(shiftingEvent('PRODUCTION_TRAFFIC_SHIFT', 0));

      expect(ended).toEqual({ kind: 'response', value: { hookStatus: 'SUCCEEDED' } });
      expect(dynamo.operations).toEqual([]);
    });

    test('fails the deployment if the check cannot run, with the reason in the log', async () => {
      const hook = await start({ SYNTHETICS_CONFIG: '{}' });

      const ended = await hook.invoke(ecsEvent());

      expect(ended).toEqual({ kind: 'response', value: { hookStatus: 'FAILED' } });
      expect(hook.lines()).toContainEqual(
        expect.objectContaining({ level: 'ERROR', reason: expect.stringMatching(/^the check could not run: /) }),
      );
    });
  });

  test('has at most 695 KB of code, loads little of it at start, and contains no sandbox', () => {
    const { entry, sum } = bundleSizes(metafile);

    expect(sum).toBeLessThanOrEqual(695_000);
    expect(entry).toBeLessThanOrEqual(65_000);
    expect(
      Object.keys(metafile.inputs).filter((path) => /^src\/(sandbox|cli|drill|notify|metrics)\//.test(path)),
    ).toEqual([]);
  });

  /** Forgets the calls so far. */
  const renewed = async (): Promise<CodeDeployServer> => {
    await codeDeploy.close();
    return startCodeDeploy({ createdAt: new Date(minutes(5)), refusal: null });
  };
});

/** The sandbox behind a way to the registry that is cut until it is healed. */
const startBreakable = async ({ configuration }: ThreadedSandbox) => {
  const [entry = '', port = ''] = /registry\.hokus\.ai:443::(\d+)/.exec(configuration) ?? [];
  let cut = true;
  const server = createTcpServer((socket) => {
    if (cut) {
      socket.resetAndDestroy();
      return;
    }
    const onwards = connect(Number(port), '127.0.0.1');
    socket.pipe(onwards).pipe(socket);
    for (const one of [socket, onwards]) {
      one.on('error', () => {
        socket.destroy();
        onwards.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = entry.replace(port, String((server.address() as AddressInfo).port));
  return {
    configuration: configuration.replace(entry, own),
    /** Never ends: the function does. */
    healWhen: async (isTime: () => boolean): Promise<never> => {
      while (!isTime()) await pause(100);
      cut = false;
      return new Promise<never>(() => {});
    },
    close: () => server.close(),
  };
};
