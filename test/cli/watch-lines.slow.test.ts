import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import { type CliResult, cli, startCli } from '../support/cli.ts';
import { follow } from '../support/live.ts';

interface Line {
  readonly verdict: string;
  readonly failing: readonly string[];
  readonly failures: readonly { readonly id: string; readonly failureMode: string; readonly hop: string }[];
  readonly events: readonly { readonly kind: string; readonly incident: string; readonly headline: string }[];
  readonly missed: { readonly count: number; readonly reason: string } | null;
}

const linesOf = ({ stdout }: Pick<CliResult, 'stdout'>): readonly Line[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('watch', () => {
  let folder: string;
  let broken: ThreadedSandbox;
  const args = (state: string): readonly string[] => [
    ...['watch', '--every', '10s', '--config', join(folder, 'c.yaml'), '--state', join(folder, state)],
  ];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lines-'));
    broken = await startSandboxThread({
      options: { generation: '2026', mlflowUrl: null, pace: 2 },
      faultIds: ['discovery-record-deleted'],
    });
    await writeFile(join(folder, 'c.yaml'), broken.configuration.replace(/slowMs: \d+/, 'slowMs: 30000'));
  });
  afterAll(async () => {
    await broken.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('--json prints one object a cycle, with what fails and the messages, and everything else elsewhere', async () => {
    const watched = follow(startCli([...args('json.json'), '--json']));
    await watched.until(/"kind":"opened"[^\n]*\n/);
    watched.child.kill('SIGTERM');
    expect((await once(watched.child, 'close'))[0]).toBe(0);
    const { stdout, stderr } = watched.said();
    expect(stderr).toMatch(/^Watching sandbox: [\s\S]*told +standard output, as JSON\n$/);
    const lines = linesOf({ stdout });
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]).toMatchObject({ verdict: 'failing', events: [], missed: null });
    expect(lines[0]?.failures.map(({ id }) => id)).toEqual(lines[0]?.failing);
    expect(lines[0]?.failures[0]).toMatchObject({ failureMode: 'upstream-unreachable', hop: 'service-discovery' });
    expect(lines.at(-1)?.events).toMatchObject([
      {
        kind: 'opened',
        incident: expect.stringMatching(/-registry$/),
        headline: expect.stringContaining('API cannot find MLflow'),
      },
    ]);
  });

  it('--target watches a part: its incidents open, and those of the rest neither continue nor end', async () => {
    const whole = await cli([...args('part.json'), '--cycles', '2', '--skip-registration']);
    expect(whole.stdout).toContain('opened');
    const place = ['--state', join(folder, 'part.json'), '--config', join(folder, 'c.yaml')];
    const other = await cli([...args('part.json'), '--cycles', '3', '--target', 'auth']);
    expect(other.stdout).toMatch(
      /every 10 s, 3 times\n[\s\S]*incidents of other targets neither continue nor end here/,
    );
    expect(other.stdout).not.toMatch(/resolved/i);
    expect((await cli(['incidents', ...place])).stdout).toMatch(/1 incident open/);

    const own = await cli([...args('own.json'), '--cycles', '2', '--target', 'registry.mlflow-proxy-search']);
    expect(own.stdout).toMatch(/^Watching sandbox: 1 target, every 10 s, 2 times\n[\s\S]*critical, opened/);
  });

  it('tells how many cycles it missed while it was stopped', async () => {
    const watched = follow(startCli([...args('stopped.json'), '--json', '--target', 'auth']));
    await watched.until(/"verdict"/);
    watched.child.kill('SIGSTOP');
    // Time has to pass: more than two cycles.
    await new Promise((resolve) => setTimeout(resolve, 31_000));
    watched.child.kill('SIGCONT');
    await watched.until(/"verdict"/, 2);
    watched.child.kill('SIGTERM');
    const { stdout, stderr } = watched.said();
    expect(stderr).toMatch(/\n[23] cycles missed: this machine or process was stopped, or its clock was set\n/);
    expect(linesOf({ stdout })[1]?.missed).toMatchObject({
      count: expect.any(Number),
      reason: 'stopped',
    });
  });
});
