import { afterEach, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { selectTargets } from '../../src/cycle/selection.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import { checkSandbox, troubles } from '../support/sandboxed.ts';

let sandbox: Sandbox | undefined;

afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

describe('doing no harm', () => {
  it("a deep health route of the sandbox really blocks the API, as the platform's did", async () => {
    sandbox = await startSandbox({ generation: '2025', mlflowUrl: null, pace: 0.5 }, ['mlflow-frozen']);
    const { host, port } = sandbox.topology.api.tasks[0]?.address ?? { host: '', port: 0 };
    const ask = (path: string): Promise<string> => fetch(`http://${host}:${port}${path}`).then(() => path);
    const health = ask('/health');
    // The second request goes out when the first has surely arrived.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const root = ask('/');
    expect(await Promise.race([health, root])).toBe('/health');
    await root;
  });

  it('a shallow health route does not block it', async () => {
    // It does not wait for MLflow at all, so nothing holds the other request.
    sandbox = await startSandbox({ generation: '2026', mlflowUrl: null, pace: 0.5 }, ['mlflow-frozen']);
    const { host, port } = sandbox.topology.api.tasks[0]?.address ?? { host: '', port: 0 };
    expect(await (await fetch(`http://${host}:${port}/health`)).json()).toMatchObject({ status: 'healthy' });
  });

  it('health routes that may be deep are skipped while MLflow is silent, and the API stays available', async () => {
    const report = await checkSandbox({ generation: '2025', faults: ['mlflow-frozen'] });
    const health = report.outcomes.filter(({ target }) => /health$/.test(target) && /^(registry|api)\./.test(target));
    expect(
      health.filter(({ target }) => !target.includes('proxy')).map(({ target, status }) => [target, status]),
    ).toEqual([
      ['registry.health', 'skipped'],
      ['registry.api-health', 'skipped'],
      ['api.health', 'skipped'],
      ['api.v1-health', 'skipped'],
    ]);
    for (const id of ['registry.root', 'api.root'])
      expect(report.outcomes.find(({ target }) => target === id)?.status, troubles(report).join('\n')).toBe('pass');
  });

  it('health routes are probed when nothing behind the API fails', async () => {
    const report = await checkSandbox({ generation: '2025' });
    expect(report.outcomes.find(({ target }) => target === 'registry.health')?.status).toBe('pass');
  });

  it('health routes that the configuration calls shallow are probed at once', async () => {
    const settings = await loadSettings({ text: 'targets: { registry.health: { after: [] } }', name: 'test' });
    expect(selectTargets(settings, ['registry.health'])[0]?.after).toEqual([]);
  });

  it('deep routes, hosts inside the VPC and the external control are off by default', async () => {
    const settings = await loadSettings(null);
    expect(settings.targets.filter(({ enabled }) => !enabled).map(({ id }) => id)).toEqual([
      'registry.mlflow-api-list',
      'registry.health-mlflow',
      'registry.health-detailed',
      'mlflow.internal',
      'mlflow.internal-development',
      'external.control',
    ]);
  });

  it('only the necessary reads carry a key, and every request is a GET or a preflight', async () => {
    const settings = await loadSettings(null);
    const methods = settings.targets.flatMap((target) => (target.kind === 'http' ? [target.method] : []));
    expect([...new Set(methods)].sort()).toEqual(['GET', 'OPTIONS']);
    const plain = settings.targets.filter((target) => target.kind === 'http' && target.url.startsWith('http:'));
    expect(plain.every((target) => target.kind === 'http' && target.auth === 'none')).toBe(true);
  });
});
