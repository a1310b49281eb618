import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFileStore } from '../../../src/incidents/stores/file.ts';
import { countIn } from '../../incidents/counter.ts';
import { due, linesOf, run } from './run.ts';

const script = (name: string): string => join(import.meta.dirname, name);

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'incidents-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

/** Runs until it ends or kills itself. */
const runKilledAt = async (killAt: number, folder: string) => {
  const log = join(folder, 'taken.log');
  await writeFile(log, '', { flag: 'a' });
  const file = join(folder, 'incidents.json');
  const child = spawn(process.execPath, [script('killed-process.ts'), file, log, String(killAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const [code, signal] = await once(child, 'close');
  return { file, log, code, signal, points: said.split('\n').filter(Boolean) };
};

const expectAllArrived = (log: string): void => {
  const first = [...new Set(linesOf(log))];
  expect(first.toSorted()).toEqual(due.toSorted());
  for (const channel of ['sns', 'chat'])
    expect(first.indexOf(`${channel} development.a.1`)).toBeLessThan(first.indexOf(`${channel} development.a.2`));
};

describe('a run whose incidents are kept in a file', () => {
  it('killed with SIGKILL at any point, leaves its messages to the next run, loses nothing and leaves no lock', async () => {
    const whole = await runKilledAt(0, await newFolder());
    expect(whole).toMatchObject({ code: 0, signal: null });
    expect(linesOf(whole.log).toSorted()).toEqual(due.toSorted());
    let again = 0;

    for (const [index, point] of whole.points.entries()) {
      const folder = await newFolder();
      const { file, log, signal, points } = await runKilledAt(index + 1, folder);
      expect([signal, points.length], point).toEqual(['SIGKILL', index + 1]);
      const store = createFileStore({ file });
      const before = linesOf(log).length;

      // At once: what the dead one was sending is left alone.
      await run({ store, log, now: Date.now });
      expect(linesOf(log).length - new Set(linesOf(log)).size, point).toBe(0);
      await run({ store, log, now: () => Date.now() + 61_000 });

      expectAllArrived(log);
      const twice = linesOf(log).length - due.length;
      // Only what it had sent and not written down.
      expect(twice, point).toBeLessThanOrEqual(before);
      const stored = await store.load('development');
      expect(stored?.state.outbox, point).toEqual([]);
      // Whoever writes next removes what the dead one has locked.
      if (stored !== null) expect(await store.save(stored.state, stored.version)).toBe(true);
      expect((await readdir(folder)).filter((name) => name.includes('.lock'))).toEqual([]);
      again += twice;
    }

    expect(whole.points.length).toBeGreaterThan(30);
    expect(new Set(whole.points)).toContain('half written');
    // Else no kill has come between sending and writing it down.
    expect(again).toBeGreaterThan(0);
  });

  it('loses no stored change when several write at once and are killed', async () => {
    const folder = await newFolder();
    const file = join(folder, 'incidents.json');
    let counted = 0;
    let kills = 0;
    /** One after the other, each killed after so many changes; the last one of them is not. */
    const writer = async (killedAfter: readonly number[]): Promise<void> => {
      for (const limit of [...killedAfter, Number.POSITIVE_INFINITY]) {
        const child = spawn(process.execPath, [script('counting-process.ts'), file, '40'], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let mine = 0;
        child.stdout.on('data', (chunk: Buffer) => {
          mine += chunk.length;
          if (mine >= limit) child.kill('SIGKILL');
        });
        const [, signal] = await once(child, 'close');
        counted += mine;
        if (signal !== null) kills += 1;
      }
    };

    await Promise.all([writer([3, 9, 1]), writer([7, 2, 5]), writer([4, 6, 8])]);

    const stored = await createFileStore({ file }).load('development');
    const made = stored === null ? 0 : countIn(stored.state) - 1;
    expect(kills).toBe(9);
    // A change can be made, and its maker killed before it says so.
    expect(made).toBeGreaterThanOrEqual(counted);
    expect(made).toBeLessThanOrEqual(counted + kills);
    expect((await readdir(folder)).filter((name) => name.includes('.lock'))).toEqual([]);
  });
});
