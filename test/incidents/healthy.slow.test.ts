import { expect, it } from 'vitest';
import { verdictOf } from '../../src/classify/outcome.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { advance } from '../../src/incidents/advance.ts';
import { cycleOf } from '../../src/incidents/cycle-of.ts';
import { historyOf } from '../../src/incidents/history.ts';
import { emptyState } from '../../src/incidents/state.ts';
import type { Outcome, Report } from '../../src/model/report.ts';
import { allPass, observations, targets } from '../diagnose/observations.ts';
import { report } from '../metrics/reports.ts';
import { began, minuteMs, rules } from './cycles.ts';
import { type Random, randomOf } from './week/random.ts';

const cycles = 10_000;
const seen = observations(allPass());
const known = 'mlflow.root';

/** It failed once and passed when it was tried again, as happens on any network. */
const flapping = (one: Outcome): Outcome => {
  const failed = { ...one, status: 'fail', failureMode: 'response-timeout' } as const;
  return { ...failed, status: 'degraded', attempts: [failed, { ...one, status: 'pass' }] };
};

/** A healthy platform as a prober sees it: a known deviation, now and then a request that flaps or is not sent. */
const cycleAt = (random: Random, minute: number): Report => {
  const place = random.between(0, seen.outcomes.length - 1);
  const flaps = random.chance(0.01);
  const unsent = random.chance(0.01);
  const outcomes = seen.outcomes.map((one, index): Outcome => {
    if (one.target === known) return { ...one, status: 'fail', failureMode: 'auth-missing', known: true };
    if (index !== place) return one;
    if (unsent) return { ...one, status: 'inconclusive', failureMode: 'deadline-exceeded', attempts: [] };
    return flaps ? flapping(one) : one;
  });
  const startedAt = new Date(began + minute * minuteMs).toISOString();
  const asked = { ...seen, outcomes };
  return report(outcomes, { ...asked, runId: `run-${minute}`, startedAt, verdict: verdictOf(asked, { faults: [] }) });
};

it('a healthy platform causes no message in 10,000 cycles', () => {
  const random = randomOf(14);
  const events: string[] = [];
  let state = emptyState('development');
  for (let minute = 0; minute < cycles; minute += 1) {
    const seenNow = cycleAt(random, minute);
    const diagnosis = diagnose(seenNow, targets, historyOf(state, began + minute * minuteMs));
    expect(diagnosis.faults).toEqual([]);
    const step = advance(state, cycleOf({ ...seenNow, diagnosis }, targets, {}), rules);
    state = step.state;
    events.push(...step.events.map(({ id }) => id));
  }
  expect(events).toEqual([]);
  expect(state.past).toEqual([]);
});
