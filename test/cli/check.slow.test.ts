import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { cli, startCli } from '../support/cli.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

const sandboxed = (...args: readonly string[]) => cli(['check', '--sandbox', ...args]);

describe('check', () => {
  it('exits with 0 for a healthy platform, and says healthy first', async () => {
    const { exitCode, stdout, stderr } = await sandboxed();
    const [header, verdict] = stdout.split('\n');
    expect(header).toMatch(
      /^Hokusai sandbox · \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC · 41 checks and .* · from \S+, hokusai-synthetics \d/,
    );
    expect(verdict).toMatch(/^healthy · \d+ pass, 3 known \(registration: 21 pass\)$/);
    expect(stdout).toMatch(/\n✓ platform\.hokus\.ai {3}4 checks · slowest /);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  it('passes for the older generation of the platform', async () => {
    const { exitCode, stdout } = await sandboxed('--generation', '2025');
    expect(stdout).toMatch(/\nhealthy · /);
    expect(exitCode).toBe(0);
  });

  it('exits with 1 for a failing platform and names mode, hop, answerer and evidence', async () => {
    const { exitCode, stdout } = await sandboxed('--scenario', 'discovery-record-deleted');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✗ registry\.hokus\.ai {3}3 of 16 fail/);
    expect(stdout).toContain('upstream-unreachable · phase assertion · at service discovery');
    expect(stdout).toContain(
      '502 by the application: Failed to connect to MLflow server at http://mlflow.hokusai.local:',
    );
  });

  it('exits with 0 when degraded, or with 1 when asked to fail on it', async () => {
    const scenario = ['--scenario', 'registry-certificate-expires-soon', '--target', 'registry.certificate'];
    expect((await sandboxed(...scenario)).exitCode).toBe(0);
    expect((await sandboxed(...scenario, '--fail-on', 'degraded')).exitCode).toBe(1);
  });

  it('exits with 2 when it saw too little to decide', async () => {
    const { exitCode, stdout } = await sandboxed(
      '--scenario',
      'mlflow-host-hangs',
      '--target',
      'mlflow.health',
      '--deadline',
      '500ms',
    );
    expect(stdout).toMatch(/\ninconclusive: too little was observed · 1 inconclusive\n/);
    expect(exitCode).toBe(2);
  });

  it('writes JSON with every documented field, usable as the next baseline', async () => {
    const path = join(folder, 'report.json');
    const scenario = ['--scenario', 'registry-rules-deleted', '--target', 'registry'];
    const first = await sandboxed(...scenario, '--format', 'json', '--output', path);
    expect(first.exitCode).toBe(1);
    const report = JSON.parse(await readFile(path, 'utf8')) as Report;
    expect(report).toMatchObject({ schemaVersion: 1, environment: 'sandbox', verdict: 'failing' });
    expect(report.outcomes[0]).toEqual(
      expect.objectContaining({
        target: 'registry.root',
        status: 'fail',
        failureMode: 'lb-no-route',
        phase: 'assertion',
        hop: 'rule',
        answeredBy: 'balancer',
        httpStatus: 404,
        address: expect.any(String),
        known: false,
      }),
    );
    expect(Object.keys(report.outcomes[0]?.timingsMs ?? {})).toEqual([
      'resolve',
      'connect',
      'tls',
      'processing',
      'transfer',
      'total',
    ]);

    const again = await sandboxed(...scenario, '--baseline', path);
    expect(again.stdout).toMatch(/\nstill failing as before, nothing new · .*13 known\n/);
    expect(again.exitCode).toBe(0);

    const mended = await sandboxed('--target', 'registry.root', '--baseline', path);
    expect(mended.stdout).toContain('recovered since the baseline: registry.root');
  });

  it('waits for a version, and fails when another one keeps serving', async () => {
    const target = ['--target', 'api.v1-health'];
    const right = await sandboxed(...target, '--wait-for', '2026.6.1', '--wait-limit', '20s');
    expect(right.exitCode).toBe(0);
    expect(right.stderr).toContain('api.v1-health: 2026.6.1');
    const wrong = await sandboxed(...target, '--wait-for', '2027.1.0', '--wait-limit', '1s');
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stdout).toContain('unexpected-version');
    expect(wrong.stdout).toContain('2026.6.1 instead of 2027.1.0');
  });

  it('probes only the selected targets or hosts', async () => {
    const { stdout } = await sandboxed('--target', 'platform', '--target', 'auth.health,auth.root', '--format', 'json');
    const { outcomes } = JSON.parse(stdout) as Report;
    expect(outcomes.map(({ target }) => target).sort()).toEqual([
      'auth.health',
      'auth.root',
      'platform.certificate',
      'platform.dns',
      'platform.http-redirect',
      'platform.root',
    ]);
  });
});

describe('check after a deployment, with a report from before', () => {
  const target = ['--target', 'registry.cors-preflight,registry.mlflow-ui,api.v1-health'];
  const broken = ['--scenario', 'cors-origin-missing'];
  let before: string;

  beforeAll(async () => {
    before = join(folder, 'before.json');
    await sandboxed(...target, ...broken, '--format', 'json', '--output', before);
  });

  const compared = (...args: readonly string[]) => sandboxed(...target, '--baseline', before, ...args);

  it('does not fail for an unchanged earlier failure, unless asked to', async () => {
    const { exitCode, stdout } = await compared(...broken, '--wait-for', '2026.6.1', '--wait-limit', '20s');
    expect(stdout).toContain('still failing as before: registry.cors-preflight\n');
    expect(exitCode).toBe(0);
    expect((await compared(...broken, '--fail-on-known')).exitCode).toBe(1);
    expect((await compared('--fail-on-known')).exitCode).toBe(0);
  });

  it('fails for a new failure, and reports only that', async () => {
    const { exitCode, stdout } = await compared(...broken, '--scenario', 'mlflow-stopped', '--verbose');
    expect(stdout).toContain('✗ mlflow-ui');
    expect(stdout).toMatch(/✗ cors-preflight .* as before · cors-rejected\n/);
    expect(stdout).toContain('explains 1 of 1 failure');
    expect(exitCode).toBe(1);
  });

  it('fails when an earlier failure changes its kind', async () => {
    const { exitCode, stdout } = await compared('--scenario', 'firewall-blocks');
    expect(stdout).toMatch(/✗ cors-preflight/);
    expect(stdout).toContain('waf-blocked');
    expect(exitCode).toBe(1);
  });

  it('skips requests that could block the platform, even if the failure is known', async () => {
    const down = ['--generation', '2025', '--scenario', 'mlflow-stopped', '--target'];
    const targets = 'registry.mlflow-proxy-search,registry.health';
    const path = join(folder, 'down.json');
    await sandboxed(...down, targets, '--format', 'json', '--output', path);
    const { exitCode, stdout } = await sandboxed(...down, targets, '--baseline', path, '--verbose');
    expect(stdout).toMatch(/✗ mlflow-proxy-search .* as before · /);
    expect(stdout).toMatch(/– health .* not sent: it could block the platform/);
    expect(exitCode).toBe(0);
  });

  it('fails when the version is missing, even if it was missing before or is not among the checked targets', async () => {
    const wait = ['--wait-for', '2027.1.0', '--wait-limit', '1s'];
    const missed = join(folder, 'missed.json');
    await sandboxed(...target, ...wait, '--format', 'json', '--output', missed);
    const known = await sandboxed(...target, ...wait, '--baseline', missed);
    expect(known.stdout).toContain('still failing as before: api.v1-health\n');
    expect(known.stderr).toContain('version 2027.1.0 was not served by all of them in time\n');
    expect(known.exitCode).toBe(1);
    expect((await sandboxed('--target', 'auth.health', ...wait)).exitCode).toBe(1);
  });
});

describe('check of the model-registration flow', () => {
  const json = async (...args: readonly string[]): Promise<Report> =>
    JSON.parse((await sandboxed(...args, '--format', 'json')).stdout) as Report;

  it('runs alone when only the flow is selected', async () => {
    const { exitCode, stdout } = await sandboxed('--target', 'registration');
    expect(stdout).toMatch(/^Hokusai sandbox · .* · the registration flow in /);
    expect(stdout).toMatch(/\n✓ model registration {3}20 steps in .* · nothing left behind\n/);
    expect(stdout).toMatch(/\nhealthy · registration: 21 pass\n/);
    expect(exitCode).toBe(0);
  });

  it('runs beside other targets when it is selected with them, and not when it is left out', async () => {
    const both = await json('--target', 'registration', '--target', 'auth.health');
    expect(both.outcomes.map(({ target }) => target)).toEqual(['auth.health']);
    expect(both.registration?.steps).toHaveLength(20);
    expect((await json('--target', 'platform')).registration).toBeNull();
  });

  it('can be excluded', async () => {
    const report = await json('--skip-registration');
    expect(report.outcomes.length).toBeGreaterThan(30);
    expect(report.registration).toBeNull();
  });

  it('reports where and why it stopped, and fails the check', async () => {
    const { exitCode, stdout } = await sandboxed('--target', 'registration', '--scenario', 'key-read-only');
    expect(stdout).toMatch(/\n✗ model registration {3}stopped at step 4 of 20, find the experiment · 16 steps skipped/);
    expect(stdout).toContain('forbidden · phase assertion · at key check');
    expect(stdout).toMatch(/\nfailing · registration: 1 fail, 3 pass, 17 skipped\n/);
    expect(exitCode).toBe(1);
  });

  it("treats the failures in a saved report's flow as known", async () => {
    const path = join(folder, 'flow.json');
    const scenario = ['--target', 'registration', '--scenario', 'key-read-only'];
    await sandboxed(...scenario, '--format', 'json', '--output', path);
    const { exitCode, stdout } = await sandboxed(...scenario, '--baseline', path);
    expect(stdout).toContain('still failing as before: registration.experiment');
    expect(stdout).toMatch(/\n[a-z]+.* · registration: 3 pass, 17 skipped, 1 known\n/);
    expect(exitCode).toBe(0);
  });
});

describe('explain', () => {
  it('lists the steps of the flow, and for one step its inputs, outputs and hops', async () => {
    const { stdout } = await cli(['explain', 'registration']);
    expect(stdout).toContain('base URL: https://registry.hokus.ai/api/mlflow, with the key');
    expect(stdout).toMatch(/ 5 create-run +create a run\n/);
    const [step, again] = await Promise.all(
      ['create-run', 'registration.create-run'].map((id) => cli(['explain', id])),
    );
    expect(step?.stdout).toContain(
      'needs: experiment\n  makes: run\n    run is deleted at the end by POST runs/delete',
    );
    expect(step?.stdout).toContain('→ proxy route → service discovery → MLflow → database');
    expect(again?.stdout).toBe(step?.stdout);
  });

  it('lists the flow among the targets, and whether it is off', async () => {
    expect((await cli(['explain', 'targets'])).stdout).toMatch(/\n {2}registration +the model-registration flow/);
    const path = await file('off.yaml', 'registration: { enabled: false }\n');
    const { stdout } = await cli(['explain', 'targets', '--config', path]);
    expect(stdout).toMatch(/\n- registration +the model-registration flow/);
    expect((await cli(['explain', 'registration', '--config', path])).stdout).toMatch(
      /^registration: .*\(switched off\)/,
    );
  });
});

describe('the sandbox as a command', () => {
  it('prints a configuration for check, runs until it is stopped, and leaves nothing behind', async () => {
    const child = startCli(['sandbox', '--scenario', 'key-revoked']);
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    await new Promise<void>((resolve) => child.stderr.once('data', () => resolve()));
    const path = await file('printed.yaml', printed);
    const { exitCode, stdout } = await cli(['check', '--config', path]);
    expect(stdout).toContain('auth-rejected');
    expect(exitCode).toBe(1);
    expect((await cli(['validate', '--config', path])).stdout).toMatch(
      /is valid: environment sandbox, 41 of \d+ targets on.*registration flow: through https:\/\/registry/s,
    );

    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect((await cli(['validate', '--config', path])).exitCode).toBe(2);
  });

  it('lists every scenario', async () => {
    const { stdout } = await cli(['sandbox', '--list', '--format', 'json']);
    const list = JSON.parse(stdout) as readonly { readonly id: string; readonly title: string }[];
    expect(list.length).toBeGreaterThan(50);
    expect(list.every(({ title }) => title.length > 10)).toBe(true);
  });
});
