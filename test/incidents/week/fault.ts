import type { Severity } from '../../../src/model/incident.ts';
import { severities } from '../../../src/model/severities.ts';
import type { HypothesisId } from '../../../src/platform/hypotheses.ts';
import { hypothesisIds } from '../../../src/platform/hypotheses.ts';
import type { Random } from './random.ts';
import { hostOf, requestIds } from './requests.ts';

/** A root cause, which comes, may flap, and goes; and what the diagnosis makes of it. */
export interface Fault {
  readonly name: string;
  /** Minutes of the week: first one, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Minutes on, minutes off; null: it is there all the time. */
  readonly flaps: readonly [number, number] | null;
  /** What fails; more from `growsAt` on. */
  readonly requests: readonly string[];
  readonly more: readonly string[];
  readonly growsAt: number;
  readonly degraded: boolean;
  readonly severity: Severity;
  readonly severityLater: Severity;
  /** Hides what it has in common with faults of a lower one. */
  readonly depth: number;
  /** What the diagnosis says of it, and for how many minutes each; then from the beginning. */
  readonly said: readonly { readonly causes: readonly HypothesisId[]; readonly minutes: number }[];
  /** What its responses say. */
  readonly says: readonly string[];
  /** Whether the diagnosis lists the other causes that it names at times as not ruled out. */
  readonly doubts: boolean;
  /** How often a request of it is not seen at all. */
  readonly unseen: number;
}

const words = Array.from({ length: 12 }, (_, number) => `words-${number + 1}`);

const severityOf = (random: Random): Severity => random.pick(severities);

const diagnoses = (random: Random): Fault['said'] => {
  const [main, other, third] = random.some(hypothesisIds, 3) as [HypothesisId, HypothesisId, HypothesisId];
  const forms: readonly [readonly HypothesisId[], ...(readonly HypothesisId[])[]] = [
    [main],
    [main, other],
    [main, other, third],
    [other],
    [third, main],
    [other, third],
    [],
  ];
  if (random.chance(0.45)) return [{ causes: random.chance(0.12) ? [] : random.pick(forms), minutes: 1 }];
  return Array.from({ length: random.between(2, 5) }, () => ({
    causes: random.pick(forms),
    minutes: random.spread(1, 30),
  }));
};

const taken = (random: Random): readonly string[] => {
  const host = hostOf(random.pick(['registry.', 'registry.', 'api.', 'mlflow.', 'platform.', 'auth.']));
  const pool = random.chance(0.6) ? requestIds.filter((id) => hostOf(id) === host) : requestIds;
  return random.some(pool, random.spread(1, 28));
};

export const faultAt = (random: Random, from: number, name: string): Fault => {
  const to = from + (random.chance(0.03) ? random.spread(500, 5_000) : random.spread(1, 500));
  const severity = severityOf(random);
  return {
    name,
    from,
    to,
    flaps: random.chance(0.3) ? [random.spread(1, 12), random.spread(1, 45)] : null,
    requests: taken(random),
    more: random.chance(0.3) ? taken(random) : [],
    growsAt: random.between(from, to),
    degraded: random.chance(0.15),
    severity,
    severityLater: random.chance(0.3) ? severityOf(random) : severity,
    depth: random.between(0, 9),
    said: diagnoses(random),
    says: random.some(words, random.between(0, 2)),
    doubts: random.chance(0.5),
    unseen: random.chance(0.3) ? random.fraction() * 0.5 : 0,
  };
};

/** Another fault soon after this one, at the same requests or others. Its cause can be the same. */
export const successorOf = (random: Random, before: Fault, name: string): Fault => {
  const next = faultAt(random, before.to + random.pick([0, 0, 1, 2, 3, 6, 20, 29, 34]), name);
  return {
    ...next,
    requests: random.pick([before.requests, before.requests, [...before.requests, ...next.requests], next.requests]),
    said: random.chance(0.3) ? before.said : next.said,
    says: random.chance(0.3) ? before.says : next.says,
  };
};

export const isOn = ({ from, to, flaps }: Fault, minute: number): boolean => {
  if (minute < from || minute >= to) return false;
  return flaps === null || (minute - from) % (flaps[0] + flaps[1]) < flaps[0];
};

export const takenAt = ({ requests, more, growsAt }: Fault, minute: number): readonly string[] =>
  minute < growsAt ? requests : [...new Set([...requests, ...more])];

export const causesAt = ({ said, from }: Fault, minute: number): readonly HypothesisId[] => {
  const whole = said.reduce((sum, { minutes }) => sum + minutes, 0);
  let left = (minute - from) % whole;
  for (const { causes, minutes } of said) {
    if (left < minutes) return causes;
    left -= minutes;
  }
  return [];
};

/** Half of the hypotheses are a matter of hosts, as in the catalogue. */
export const isPlaced = (id: HypothesisId): boolean => hypothesisIds.indexOf(id) % 2 === 0;
