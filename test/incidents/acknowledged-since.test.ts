import { expect, it } from 'vitest';
import { acknowledgedSince } from '../../src/incidents/acknowledged-since.ts';
import { acknowledge } from '../../src/incidents/by-hand.ts';
import type { State } from '../../src/incidents/state.ts';
import { began, cycleAt, discovery, minuteMs, ok, playCycles, rules } from './cycles.ts';

const opened = playCycles([cycleAt(began, [discovery]), cycleAt(began + minuteMs, [discovery])]).state;
const [id = ''] = opened.tracked.map(({ view }) => view.id);
const acknowledgedAt = (afterMs: number): State =>
  acknowledge(opened, id, 'ada', new Date(began + minuteMs + afterMs).toISOString());

it.each([
  ['after the last cycle', acknowledgedAt(20_000), 1],
  // The cycle was stored after this, and the acknowledgement after the cycle.
  ['while the last cycle ran', acknowledgedAt(500), 1],
  ['before the last cycle', acknowledgedAt(-1), 0],
  ['never', opened, 0],
])('an alert is acknowledged by the next cycle if its incident was: %s', (_, state, alerts) => {
  expect(acknowledgedSince(state)).toHaveLength(alerts);
});

it('the alert of an incident that is over is left alone', () => {
  const over = [2, 3].map((minute) => cycleAt(began + minute * minuteMs, ok));
  const { lastCycle: _, ...resolved } = playCycles(over, rules, acknowledgedAt(20_000)).state;
  expect(acknowledgedSince({ ...resolved, lastCycle: null })).toEqual([]);
  expect(acknowledgedSince({ ...acknowledgedAt(20_000), lastCycle: null })).toEqual([
    { id, environment: 'development', by: 'ada' },
  ]);
});
