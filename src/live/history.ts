import * as v from 'valibot';
import type { OutputOf } from '../model/output-of.ts';
import { verdict } from '../model/report-schema/report.ts';
import { type CycleSeen, type Sight, sights } from './cycle-seen.ts';
import { liveLimits } from './limits.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const name = v.pipe(v.string(), v.maxLength(liveLimits.name));

/** The last day, in slots of five minutes, and the newest cycles one by one. */
export const history = v.object({
  version: v.literal(1),
  environment: v.string(),
  /** Hosts, and `registration`. */
  subjects: v.pipe(v.array(name), v.maxLength(liveLimits.subjects)),
  /** Oldest first. `counts`: for each subject, cycles by what they saw: ok, degraded, failed, unknown. */
  slots: v.pipe(
    v.array(v.object({ at: count, counts: v.pipe(v.array(v.array(count)), v.maxLength(liveLimits.subjects)) })),
    v.maxLength(liveLimits.historyMs / liveLimits.slotMs + 2),
  ),
  /** Newest last. */
  cycles: v.pipe(
    v.array(
      v.object({
        at: v.pipe(v.string(), v.maxLength(40)),
        durationMs: v.pipe(v.number(), v.finite()),
        verdict,
        words: v.pipe(v.string(), v.maxLength(liveLimits.words)),
      }),
    ),
    v.maxLength(liveLimits.cycles),
  ),
});

export type History = OutputOf<typeof history>;

export const emptyHistory = (environment: string): History => ({
  version: 1,
  environment,
  ...{ subjects: [], slots: [], cycles: [] },
});

/** The history with one more cycle. @param nowMs Unix time: everything older than a day goes */
export const withCycle = (before: History, seen: CycleSeen, nowMs: number): History => {
  const slotAt = Math.floor(Date.parse(seen.at) / liveLimits.slotMs) * liveLimits.slotMs;
  const added = [...seen.subjects.keys()].filter((one) => !before.subjects.includes(one));
  const subjects = [...before.subjects, ...added].slice(0, liveLimits.subjects);
  const current = before.slots.find(({ at }) => at === slotAt) ?? { at: slotAt, counts: [] };
  const counts = subjects.map((subject, index) => counted(current.counts[index] ?? [], seen.subjects.get(subject)));
  const slots = [...before.slots.filter(({ at }) => at !== slotAt), { at: slotAt, counts }]
    .toSorted((a, b) => a.at - b.at)
    // A clock that was set back leaves slots in the future.
    .filter(({ at }) => at > nowMs - liveLimits.historyMs && at <= nowMs);
  const { at, durationMs, verdict: cycleVerdict, words } = seen;
  const cycles = [...before.cycles, { at, durationMs, verdict: cycleVerdict, words }].slice(-liveLimits.cycles);
  return withoutForgotten({ ...before, subjects, slots, cycles });
};

const counted = (before: readonly number[], sight: Sight | undefined): readonly number[] =>
  sights.map((one, index) => (before[index] ?? 0) + Number(one === sight));

/** A host that was not asked for a day makes room for others. */
const withoutForgotten = (all: History): History => {
  const kept = all.subjects.flatMap((_, index) =>
    all.slots.some(({ counts }) => (counts[index] ?? []).some((many) => many > 0)) ? [index] : [],
  );
  if (kept.length === all.subjects.length) return all;
  return {
    ...all,
    subjects: kept.map((index) => all.subjects[index] ?? ''),
    slots: all.slots.map(({ at, counts }) => ({ at, counts: kept.map((index) => counts[index] ?? []) })),
  };
};
