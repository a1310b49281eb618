import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import { hookLimits } from '../../../src/functions/deploy-hook/limits.ts';
import { startSandboxThread, type ThreadedSandbox } from '../../../src/sandbox/start-thread.ts';
import { incident, stateAt } from '../../functions/deploy-hook/states.ts';
import { type CodeDeployServer, startCodeDeploy } from '../../setup/codedeploy.ts';
import { type LambdaFunction, startFunction } from '../../setup/lambda-function.ts';
import { stateTableName, useStateTable } from '../../setup/state-table.ts';
import { copyFunction, metafileOf } from '../../support/built.ts';

export const event = { DeploymentId: 'd-ABCDEF123', LifecycleEventHookExecutionId: 'an-execution' };
export const told = (status: 'Succeeded' | 'Failed') => ({
  operation: 'PutLifecycleEventHookExecutionStatus',
  input: { deploymentId: 'd-ABCDEF123', lifecycleEventHookExecutionId: 'an-execution', status },
});
export const minutes = (count: number): string => new Date(Date.now() - count * 60_000).toISOString();

/** Time for one cycle and the report, and none for a second one. */
export const oneLookMs = hookLimits.reportReserveMs + hookLimits.cycleMarginMs + hookLimits.confirmPauseMs;
export const patienceMs = 120_000;

export const conclusionIn = (hook: LambdaFunction) =>
  hook.lines().filter(({ message }) => String(message).startsWith('Deployment d-ABCDEF123 '));

/** What a test starts is closed when it ends. */
interface Closable {
  close(): unknown;
}

/** The function as built, CodeDeploy, and the table of states. Call it in a `describe`. */
export const useHookStage = () => {
  const runtime = inject('lambdaRuntime');
  const states = useStateTable();
  const running: Closable[] = [];
  let folder: string;
  let metafile: Metafile;
  let codeDeploy: CodeDeployServer;

  const sandboxWith = async (...faultIds: readonly string[]): Promise<ThreadedSandbox> => {
    const sandbox = await startSandboxThread({ options: { generation: '2026', mlflowUrl: null, pace: 2 }, faultIds });
    running.push(sandbox);
    return sandbox;
  };

  const start = async (environment: Readonly<Record<string, string>>): Promise<LambdaFunction> => {
    const made = await startFunction(runtime, folder, {
      AWS_ENDPOINT_URL: states.gateway.endpoint,
      AWS_ENDPOINT_URL_CODEDEPLOY: codeDeploy.endpoint,
      SYNTHETICS_STATE_TABLE: stateTableName,
      ...environment,
    });
    running.push(made);
    return made;
  };

  const startWith = (
    { configurationFile }: ThreadedSandbox,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<LambdaFunction> => start({ SYNTHETICS_CONFIG_FILE: configurationFile, ...environment });

  /** What the scheduled cycles have remembered: one incident that began then. */
  const remember = async (startedAt: string, ids: readonly string[]): Promise<void> => {
    const state = stateAt(minutes(1), [incident(startedAt, ids, { environment: 'sandbox' })], 'sandbox');
    expect(await states.store.save(state, null)).toBe(true);
  };

  /** Ids that one check finds failing. */
  const failingWith = async (sandbox: ThreadedSandbox): Promise<readonly string[]> => {
    const hook = await startWith(sandbox, { SYNTHETICS_STATE_TABLE: '' });
    await hook.invoke(event, oneLookMs);
    const [line] = conclusionIn(hook);
    const failing = (line?.['failing'] ?? []) as readonly { readonly id: string }[];
    expect(line?.['failingCount'], hook.log()).toBe(failing.length);
    return failing.map(({ id }) => id);
  };

  /** CodeDeploy without the calls so far. */
  const renewCodeDeploy = async (refusal: string | null = null): Promise<void> => {
    await codeDeploy.close();
    codeDeploy = await startCodeDeploy({ createdAt: new Date(minutes(5)), refusal });
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deploy-hook-'));
    await copyFunction('deploy-hook', folder);
    metafile = await metafileOf('deploy-hook');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  beforeEach(async () => {
    codeDeploy = await startCodeDeploy({ createdAt: new Date(minutes(5)), refusal: null });
  });
  afterEach(async () => {
    // Whatever was found: incidents are read, and nothing else is asked of AWS.
    expect(states.gateway.operations.filter((operation) => operation !== 'GetItem')).toEqual([]);
    await Promise.all(running.splice(0).map((one) => one.close()));
    await codeDeploy.close();
  });

  return {
    ...{ running, sandboxWith, start, startWith, remember, failingWith, renewCodeDeploy },
    get dynamo() {
      return states.gateway;
    },
    get codeDeploy() {
      return codeDeploy;
    },
    get metafile() {
      return metafile;
    },
  };
};
