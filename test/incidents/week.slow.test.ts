import { describe, expect, it } from 'vitest';
import { began, broken, cycleAt, minuteMs, ok, playCycles } from './cycles.ts';
import { plainAlarmMessages } from './week/alarms.ts';
import { playChain } from './week/chain/play.ts';
import { compare } from './week/compare.ts';
import { requestIds } from './week/requests.ts';
import { stormOf } from './week/storm.ts';
import { busyHours, weekOf, wholeWeek } from './week/week.ts';

const seeds = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('people get exactly the messages that docs/incidents.md promises, at the promised cycle', () => {
  it('in a week of 10,080 cycles', () => {
    const { events, difference } = compare(weekOf(1, wholeWeek));
    expect(difference).toBe(null);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(events.filter(({ id }) => !/^[A-Za-z0-9._-]{1,128}$/.test(id))).toEqual([]);
  });

  it('in 60 stretches with every trouble at once', () => {
    const played = seeds(60).map((seed) => compare(weekOf(seed, busyHours)));
    expect(played.flatMap(({ difference }) => difference ?? [])).toEqual([]);
    const told = played.flatMap(({ events }) =>
      events.map((event) => (event.kind === 'updated' ? event.change.kind : event.kind)),
    );
    // None of the kinds is equal only because it never came.
    const kinds = ['opened', 'moved', 'narrowed', 'worse', 'returned', 'reminded', 'resolved'];
    const ofMonitor = ['monitor-blind', 'monitor-sees', 'mute-ended'];
    for (const kind of [...kinds, ...ofMonitor])
      expect(told.filter((one) => one === kind).length, kind).toBeGreaterThan(9);
  });
});

describe('every message reaches every channel once and in order', () => {
  it('even if store and channels fail for hours, runs overlap, and processes are killed at any point', async () => {
    const total = { kills: 0, storeFailures: 0, refusals: 0, messages: 0, repeats: 0 };
    for (const seed of seeds(6)) {
      const { findings, figures } = await playChain(weekOf(seed, busyHours));
      expect(findings, `seed ${seed}`).toEqual({ differences: [], invented: [], lost: [], repeated: [], disorder: [] });
      expect(figures.dropped).toBe(0);
      total.kills += figures.kills;
      total.storeFailures += figures.storeFailures;
      total.refusals += figures.refusals;
      total.messages += figures.messages;
      total.repeats += figures.repeats;
    }
    // All of it came to pass, repeats by a kill between sending and writing that down too.
    for (const [what, count] of Object.entries(total)) expect(count, what).toBeGreaterThan(1);
  });
});

describe('no storm', () => {
  it('28 targets that fail for one cause are one message, and one more at the end, where plain alarms send 56', () => {
    const cause = broken(['security-group-blocking'], requestIds.slice(0, 28));
    const cycles = [...Array.from({ length: 40 }, () => [cause]), ...Array.from({ length: 5 }, () => ok)].map(
      (seen, minute) => {
        const cycle = cycleAt(began + minute * minuteMs, seen);
        return {
          ...cycle,
          passed: new Set(seen === ok ? requestIds : requestIds.slice(28)),
          probed: new Set(requestIds),
        };
      },
    );
    expect(playCycles(cycles).told).toEqual(['1 opened', '41 resolved']);
    expect(plainAlarmMessages(cycles)).toBe(56);
  });

  it('a bad week is a handful of messages per incident, far fewer than with plain alarms', () => {
    const { incidents, messages, median, alarmMessages } = stormOf(weekOf(1, wholeWeek));
    expect(incidents).toBeGreaterThan(50);
    expect(median).toBeLessThanOrEqual(4);
    expect(messages * 5).toBeLessThan(alarmMessages);
  });
});
