import type { Cycle, IncidentRules } from '../../../src/incidents/cycle.ts';
import type { Mute } from '../../../src/model/incident.ts';
import { hypothesisIds } from '../../../src/platform/hypotheses.ts';
import { began, minuteMs } from '../cycles.ts';
import { type Fault, faultAt, isOn, successorOf } from './fault.ts';
import { type Random, randomOf } from './random.ts';
import { hostOf, requestIds } from './requests.ts';
import { seenAt } from './seen.ts';

/** One run's end, and what people did before it. */
export interface Step {
  readonly minute: number;
  /** By a clock that nobody sets, Unix ms. */
  readonly endsAtMs: number;
  readonly cycle: Cycle;
  readonly rules: IncidentRules;
  /** Set by command just before. */
  readonly muted: readonly Mute[];
  /** Which of the open incidents that were told is acknowledged just before: this one modulo their number; null: none. */
  readonly acknowledged: number | null;
}

export interface Week {
  readonly seed: number;
  readonly steps: readonly Step[];
  readonly faults: readonly Fault[];
}

/** How much goes on: faults that begin, per minute. */
export interface Pace {
  readonly minutes: number;
  readonly faults: number;
}

export const wholeWeek: Pace = { minutes: 10_080, faults: 0.012 };
export const busyHours: Pace = { minutes: 400, faults: 0.03 };

const environment = 'development';

/** A week of the platform and of its monitor, cycles a minute apart, in which all goes wrong that the promise speaks of. */
export const weekOf = (seed: number, { minutes, faults: rate }: Pace): Week => {
  const random = randomOf(seed);
  const rulesOnly = rulesOf(random);
  const faults: Fault[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    if (random.chance(rate)) {
      const fault = faultAt(random, minute, `fault ${faults.length + 1}`);
      faults.push(fault);
      if (random.chance(0.4)) faults.push(successorOf(random, fault, `fault ${faults.length + 1}`));
    }
    // A false sighting: one cycle, and never again.
    if (random.chance(rate))
      faults.push({ ...faultAt(random, minute, `noise ${minute}`), to: minute + 1, flaps: null });
  }
  const steps: Step[] = [];
  const spells = { blind: 0, unknown: 0 };
  let clockMs = 0;
  let version = 1;
  let probed = requestIds;
  let configured: readonly Mute[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    const trueMs = began + minute * minuteMs + random.between(0, 800);
    if (random.chance(0.002)) clockMs += random.pick([-60, 60, -5, 25, -180]) * minuteMs;
    if (random.chance(0.002)) version += 1;
    if (random.chance(0.0003))
      probed = probed.filter((id) => id !== random.pick(['api.request-1', 'mlflow.request-2']));
    if (random.chance(0.004)) spells.blind = random.spread(1, 40);
    if (random.chance(0.006)) spells.unknown = random.spread(1, 20);
    const kind = spells.blind > 0 ? 'blind' : spells.unknown > 0 || random.chance(0.01) ? 'unknown' : 'seen';
    spells.blind -= 1;
    spells.unknown -= 1;
    const startedAtMs = trueMs + clockMs;
    if (random.chance(0.004)) configured = [...configured.slice(-3), muteAt(random, startedAtMs, faults, minute)];
    const muted = random.chance(0.004) ? [muteAt(random, startedAtMs, faults, minute)] : [];
    const lastsMs = random.chance(0.03) ? random.between(61_000, 200_000) : random.between(1_500, 25_000);
    const around = {
      minute,
      rules: { ...rulesOnly, mutes: configured },
      muted,
      acknowledged: random.chance(0.003) ? random.between(0, 5) : null,
    };
    const cycleOf = (runId: string, afterMs: number, durationMs: number): Cycle => ({
      runId,
      environment,
      startedAtMs: startedAtMs + afterMs,
      endedAtMs: startedAtMs + afterMs + durationMs,
      kind,
      ...(kind === 'seen'
        ? seenAt(random, faults, minute, probed)
        : { sightings: [], passed: new Set<string>(), probed: new Set(probed) }),
      flow: true,
      version: random.chance(0.1) ? null : `2026.6.${version}`,
    });
    const cycle = cycleOf(`run-${minute}`, 0, lastsMs);
    steps.push({ ...around, cycle, endsAtMs: trueMs + lastsMs });
    const later = { ...around, muted: [], acknowledged: null };
    // The same run once more: as it was, or begun anew.
    if (random.chance(0.01))
      steps.push({ ...later, cycle, endsAtMs: trueMs + lastsMs + random.between(1, 9) * 50_000 });
    if (random.chance(0.01)) {
      const again = cycleOf(cycle.runId, lastsMs + 1_000, 4_000);
      steps.push({ ...later, cycle: again, endsAtMs: trueMs + lastsMs + 5_000 });
    }
    // Another run that began inside this one; it ends before or after it.
    if (random.chance(0.02)) {
      const durationMs = random.between(200, 20_000);
      const other = cycleOf(`run-${minute}-other`, 1_000, durationMs);
      steps.push({ ...later, cycle: other, endsAtMs: trueMs + 1_000 + durationMs });
    }
  }
  return { seed, faults, steps: steps.toSorted((a, b) => a.endsAtMs - b.endsAtMs) };
};

const rulesOf = (random: Random): IncidentRules => ({
  open: random.pick([
    { failures: 2, of: 3 },
    { failures: 2, of: 3 },
    { failures: 1, of: 1 },
    { failures: 3, of: 5 },
    { failures: 3, of: 3 },
  ]),
  resolveAfter: random.pick([2, 2, 1, 3]),
  remindEveryMs: random.pick([60, 60, 15, 240]) * minuteMs,
  openAtOnce: random.pick([[], ['registration'], ['auth', 'api.request-3'], ['registry.request-1']]),
  mutes: [],
});

/** Of what is wrong now, about to be, or of anything. */
const muteAt = (random: Random, nowMs: number, faults: readonly Fault[], minute: number): Mute => {
  const now = faults.filter((fault) => isOn(fault, minute));
  const fault = random.chance(0.8) ? now[random.between(0, now.length)] : undefined;
  const id = fault?.requests[0] ?? requestIds[random.between(0, requestIds.length - 1)] ?? '';
  const hypothesis = fault?.said[0]?.causes[0] ?? hypothesisIds[random.between(0, hypothesisIds.length - 1)];
  const what = random.pick<Mute['what']>([
    { target: id },
    { host: hostOf(id) },
    hypothesis === undefined ? { target: id } : { hypothesis },
    hypothesis === undefined ? { target: id } : { hypothesis },
  ]);
  return { what, until: new Date(nowMs + random.spread(1, 300) * minuteMs).toISOString(), reason: null };
};
