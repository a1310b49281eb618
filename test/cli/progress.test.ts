import { expect, it } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';
import { loadSettings } from '../../src/config/load.ts';
import { outcome, step, stoppedAt } from '../metrics/reports.ts';
import { checkSandbox } from '../support/sandboxed.ts';

const screen = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, columns: 100, write: (text: string) => written.push(text) > 0, written };
};

/** What was written when this was shown: the last line before it was wiped. */
const last = ({ written }: ReturnType<typeof screen>): string | undefined => written.at(-2);

it('a terminal shows progress and the targets still running; a pipe shows nothing', async () => {
  const settings = await loadSettings({ text: '', name: 'test' });
  const { outcomes } = await checkSandbox({
    faults: ['mlflow-host-hangs-up'],
    targets: ['mlflow.health', 'auth.root'],
  });
  const [terminal, pipe] = [screen(true), screen(false)];
  for (const stream of [terminal, pipe]) {
    const progress = createProgress(stream, settings, { only: ['mlflow.health', 'auth.root'], registration: false });
    for (const outcome of outcomes) progress.showOutcome(outcome);
    progress.end();
  }
  expect(terminal.written[0]).toContain('0/2 checks · waiting for mlflow.health, auth.root');
  expect(last(terminal)).toContain('2/2 checks · 1 unhealthy');
  expect(pipe.written).toEqual([]);
});

it('progress counts the steps of the flow, names the current one, and then the clean-up', async () => {
  const settings = await loadSettings(null);
  const steps = stoppedAt(step('create-run', 'fail', { failureMode: 'forbidden' }));
  const terminal = screen(true);
  const progress = createProgress(terminal, settings, { only: ['auth.root'], registration: true });
  for (const each of steps) progress.showStep(each);
  progress.showOutcome(outcome('auth.root', 'pass'));
  progress.end();
  expect(terminal.written[0]).toContain('0/1 checks · 0/20 steps · waiting for registration.credentials, auth.root');
  expect(terminal.written[4]).toContain('0/1 checks · 4/20 steps · waiting for registration.create-run, auth.root');
  expect(terminal.written[20]).toContain('0/1 checks · 20/20 steps · 1 unhealthy · waiting for auth.root');
  expect(last(terminal)).toContain('1/1 checks · 20/20 steps · 1 unhealthy · waiting for the clean-up');
});

it('progress leaves out targets when the flow runs alone', async () => {
  const terminal = screen(true);
  createProgress(terminal, await loadSettings(null), { only: [], registration: true });
  expect(terminal.written[0]).toMatch(/K0\/20 steps · waiting for registration\.credentials$/);
});
