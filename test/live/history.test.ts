import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Sight } from '../../src/live/cycle-seen.ts';
import { emptyHistory, type History, withCycle } from '../../src/live/history.ts';
import { loadHistory, saveHistory } from '../../src/live/history-file.ts';
import { historyBytes, liveLimits } from '../../src/live/limits.ts';
import { shareWords, uptimesOf } from '../../src/live/uptime.ts';
import { dayUntil, seen } from './boards.ts';

const now = Date.parse('2026-11-21T12:00:00.000Z');
const minuteMs = 60_000;

/** Cycles a minute apart, the last one a minute ago. */
const cyclesOf = (...sights: readonly Sight[]): History =>
  sights.reduce((all, sight, index) => {
    const at = now - (sights.length - index) * minuteMs;
    return withCycle(all, seen(at, { api: sight }), at + 1_000);
  }, emptyHistory('development'));

const apiOf = (history: History, at = now) => uptimesOf(history, at).find(({ subject }) => subject === 'api');

describe('the uptime of a host', () => {
  test.each([
    { sights: ['ok', 'ok', 'ok', 'failed'], words: '75.00 %', cycles: 4 },
    { sights: ['ok', 'degraded'], words: '100 %', cycles: 2 },
    { sights: ['ok', 'unknown', 'unknown'], words: '100 %', cycles: 1 },
    { sights: ['unknown'], words: 'not seen', cycles: 0 },
  ] as const)('is $words after $sights: what was not seen is neither up nor down', ({ sights, words, cycles }) => {
    const uptime = apiOf(cyclesOf(...sights));
    expect([shareWords(uptime?.share ?? null), uptime?.cycles]).toEqual([words, cycles]);
  });

  it('is never rounded up to 100 %', () => {
    expect(shareWords(0.999999)).toBe('99.99 %');
  });

  it('shows a period without cycles as a gap, not as working', () => {
    const bars = apiOf(dayUntil(now))?.runs.map(({ bar }) => bar);
    expect(bars).toEqual(expect.arrayContaining(['gap', 'ok']));
    expect(apiOf(cyclesOf('ok', 'ok'), now - 1)?.runs.map(({ bar }) => bar)).toEqual(['gap', 'ok']);
  });

  it('forgets after a day, and the host too', () => {
    const old = cyclesOf('failed');
    const later = now + 25 * 60 * minuteMs;
    expect(withCycle(old, seen(later, { auth: 'ok' }), later).subjects).toEqual(['auth']);
  });

  it('has no cycles of the future after the clock was set back', () => {
    const back = now - 3 * 60 * minuteMs;
    const history = withCycle(cyclesOf('ok', 'failed'), seen(back, { api: 'ok' }), back + 1_000);
    expect(apiOf(history, back + 1_000)?.cycles).toBe(1);
  });
});

describe('the file of the history', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('keeps a day of cycles every 10 s of too many hosts below its bound', async () => {
    const hosts = Array.from(
      { length: 60 },
      (_, index) => [`${'h'.repeat(110)}-${index}`.slice(-liveLimits.name), 'failed'] as const,
    );
    let history = emptyHistory('development');
    for (let at = now - liveLimits.historyMs; at < now; at += 10_000 * 6)
      history = withCycle(
        history,
        { ...seen(at, Object.fromEntries(hosts)), words: 'x'.repeat(liveLimits.words) },
        now,
      );
    const path = join(folder, 'full.history.json');
    await saveHistory(path, history);
    expect((await readFile(path)).length).toBeLessThan(historyBytes);
    expect((await loadHistory(path, 'development')).history).toEqual(history);
    expect(await readdir(folder)).toEqual(['full.history.json']);
  });

  it('is read as it was written, and a missing one is empty without a word', async () => {
    const path = join(folder, 'below', 'one.history.json');
    expect(await loadHistory(path, 'development')).toEqual({ history: emptyHistory('development'), trouble: null });
    await saveHistory(path, dayUntil(now));
    expect(await loadHistory(path, 'development')).toEqual({ history: dayUntil(now), trouble: null });
  });

  test.each([
    { title: 'cut', contents: '{"version":1,"envi', says: /it is not JSON/ },
    { title: 'another file', contents: '{"version":1,"state":{}}', says: /it is not a history \(environment\)/ },
    { title: 'a later version', contents: '{"version":2}', says: /it is not a history \(version\)/ },
    { title: 'not text', contents: '\u0000', says: /zero byte/ },
    {
      title: 'of another environment',
      contents: JSON.stringify(emptyHistory('production')),
      says: /it is that of production/,
    },
    { title: 'too large', contents: ' '.repeat(historyBytes + 1), says: /larger than 512 KiB/ },
  ])('that is $title begins again, with a sentence', async ({ contents, says }) => {
    const path = join(folder, 'bad.history.json');
    await writeFile(path, contents);
    const { history, trouble } = await loadHistory(path, 'development');
    expect(history).toEqual(emptyHistory('development'));
    expect(trouble).toMatch(says);
    expect(trouble).toContain(path);
  });
});
