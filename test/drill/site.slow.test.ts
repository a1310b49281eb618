import { afterEach, expect, it } from 'vitest';
import { runAll } from '../../src/drill/run.ts';
import { type Check, openSite, type Site } from '../../src/drill/site.ts';
import { outcome, report } from '../metrics/reports.ts';

const seen: string[] = [];

/** Of a cycle only how late it was; the configuration is that of a real sandbox. */
const checkThatIsLate =
  (lateMs: readonly number[]): Check =>
  async (configurationFile) => {
    const attempt = outcome('auth.root', 'pass');
    const loopLateMs = lateMs[seen.length] ?? 0;
    seen.push(configurationFile);
    const late = { ...attempt, evidence: { ...attempt.evidence, loopLateMs } };
    return { report: report([{ ...late, attempts: [late] }]), targets: [] };
  };

const healthy = { generation: '2026', faults: [] } as const;

let site: Site | null = null;

afterEach(async () => {
  seen.length = 0;
  await site?.close();
});

it('an impossible fault is refused with its reason, in either order, and the sandbox is ready for the next', async () => {
  site = openSite(1, checkThatIsLate([]));
  const refused = await site.try({ generation: '2026', faults: ['key-revoked', 'made-up'] });
  expect(refused).toEqual({ kind: 'refused', reason: 'no scenario "made-up"; sandbox --list shows them' });
  expect(seen).toEqual([]);
  expect(await site.try(healthy)).toMatchObject({ kind: 'checked' });
});

it('a late cycle runs again, and is reported if it is late once more', async () => {
  // At this pace seconds of lateness are allowed, more than this machine is late by itself.
  const stop = new AbortController().signal;
  const trial = { pace: 10, concurrency: 1, onTrial: () => undefined, stop };
  const late = await runAll([healthy, healthy, healthy], {
    ...trial,
    check: checkThatIsLate([4_000, 0, 4_000, 0, 4_000]),
  });
  expect(late).toMatchObject({ repeated: [0, 2], late: [2] });
  expect(new Set(seen).size).toBe(5);
});

it('a failing monitor ends the drill, because it says nothing about the platform', async () => {
  const fails = runAll([healthy, healthy], {
    pace: 1,
    concurrency: 2,
    onTrial: () => undefined,
    stop: new AbortController().signal,
    check: () => Promise.reject(new Error('no key')),
  });
  await expect(fails).rejects.toThrow('no key');
});
