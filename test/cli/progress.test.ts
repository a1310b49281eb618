import { expect, it } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';
import { loadSettings } from '../../src/config/load.ts';
import { checkSandbox } from '../support/sandboxed.ts';

const screen = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, columns: 100, write: (text: string) => written.push(text) > 0, written };
};

it('on a terminal a line counts what is done and names who is waited for; in a pipe there is none', async () => {
  const settings = await loadSettings({ text: '', name: 'test' });
  const { outcomes } = await checkSandbox({
    faults: ['mlflow-host-hangs-up'],
    targets: ['mlflow.health', 'auth.root'],
  });
  const [terminal, pipe] = [screen(true), screen(false)];
  for (const stream of [terminal, pipe]) {
    const progress = createProgress(stream, settings, ['mlflow.health', 'auth.root']);
    for (const outcome of outcomes) progress.show(outcome);
    progress.end();
  }
  expect(terminal.written[0]).toContain('0/2 checks · waiting for mlflow.health, auth.root');
  expect(terminal.written.at(-2)).toContain('2/2 checks · 1 not well');
  expect(pipe.written).toEqual([]);
});
