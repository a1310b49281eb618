import { expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { type Registry, startRegistry, stepOf, stepTroubles } from '../registration/platform.ts';
import { toUpstream } from '../setup/pass-on.ts';
import { describeWith } from '../setup/real-parts.ts';
import { startTogether, type Wanted } from '../setup/started-together.ts';
import { cli } from '../support/cli.ts';
import { contentsOf, emptyRegistry } from '../support/registry-contents.ts';

const host = 'artifacts.example';

const servers = {
  tracking: { title: 'tracking', parts: ['mlflow'], options: { artifactRoot: `mlflow-artifacts://${host}/` } },
  artifacts: { title: 'artifacts', parts: ['mlflow'], options: { artifactsOnly: true } },
  workspaces: {
    title: 'workspaces',
    parts: ['mlflow-newest'],
    options: { part: 'mlflow-newest', workspaces: true },
  },
} as const satisfies Record<string, Wanted>;

const serverOf = startTogether(Object.values(servers));

const within = async <T>(
  configuration: object,
  title: string,
  work: (registry: Registry) => Promise<T>,
): Promise<T> => {
  const beside = title === 'tracking' ? { [host]: toUpstream(serverOf('artifacts').url) } : {};
  const registry = await startRegistry({ mlflow: serverOf(title).url, beside, configuration });
  try {
    return await work(registry);
  } finally {
    await registry.close();
  }
};

const checked = async (registry: Registry): Promise<readonly [number | null, Report['registration']]> => {
  const { configuration, env } = await registry.commandLine();
  const { exitCode, stdout } = await cli(
    ['check', '--config', configuration, '--target', 'registration', '--format', 'json'],
    env,
  );
  return [exitCode, (JSON.parse(stdout) as Report).registration];
};

describeWith(['mlflow'], 'a real MLflow 3.9.0 with its artifacts on a server of their own', () => {
  it('gets a model registered on the command line, and nothing is left on either', async () => {
    const [exitCode, flow] = await within({ credentials: { allowedHosts: [host] } }, 'tracking', checked);

    expect(flow && stepTroubles(flow)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(await contentsOf(serverOf('tracking'))).toEqual(emptyRegistry);
  });

  it('is inconclusive while the key may not go there, with the key to add', async () => {
    const [exitCode, flow] = await within({}, 'tracking', checked);

    expect(exitCode).toBe(2);
    expect(flow?.status).toBe('inconclusive');
    expect(flow && stepOf(flow, 'upload-artifacts').evidence.summary).toContain(`allowedHosts: ["${host}"]`);
    expect(flow && stepOf(flow, 'set-alias').status).toBe('pass');
    expect(await contentsOf(serverOf('tracking'))).toEqual(emptyRegistry);
  });
});

describeWith(['mlflow-newest'], 'a real MLflow 3.17.2 with workspaces', () => {
  it('gets a model registered in the workspace of the configuration', async () => {
    const { url } = serverOf('workspaces');
    await fetch(`${url}/api/3.0/mlflow/workspaces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"team-a"}',
    });
    const workspace = { registration: { workspace: 'team-a' } };
    const [exitCode, flow] = await within(workspace, 'workspaces', checked);

    expect(flow && stepTroubles(flow)).toEqual([]);
    expect(exitCode).toBe(0);
    const experiments = async (name: string): Promise<string> => {
      const headers = { 'x-mlflow-workspace': name };
      return (await fetch(`${url}/api/2.0/mlflow/experiments/search?max_results=10`, { headers })).text();
    };
    expect(await experiments('team-a')).toContain('hokusai-synthetics');
    expect(await experiments('default')).not.toContain('hokusai-synthetics');
  });

  it('fails before anything is made if there is no such workspace, in MLflow’s words', async () => {
    const [exitCode, flow] = await within({ registration: { workspace: 'team-b' } }, 'workspaces', checked);

    expect(exitCode).toBe(1);
    expect(flow?.steps.find(({ status }) => status === 'fail')?.evidence.summary).toMatch(/workspace/i);
    expect(flow?.cleanup.removed).toEqual([]);
  });
});
