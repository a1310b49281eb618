import type { Slowness } from '../model/diagnosis.ts';
import { median } from '../model/median.ts';
import type { Phase } from '../model/phases.ts';
import { isRelativelySlow, isSymptom } from '../model/predicates.ts';
import type { Request, StepRequest, TargetRequest } from '../model/requests.ts';
import type { Hop } from '../platform/hops.ts';
import { scoring } from './constants.ts';
import type { ProbedRequest } from './probed-request.ts';

/** A request that was answered, and how long that took. */
interface Timed {
  readonly request: TargetRequest | StepRequest;
  readonly probed: ProbedRequest;
  readonly ms: number;
}

/** In a cycle with slow requests: which others are late, too, though within the limit, and which are on time. */
export interface Pace {
  readonly late: ReadonlySet<string>;
  readonly onTime: ReadonlySet<string>;
  /** Milliseconds within which a request is on time; null: no request is slow. */
  readonly onTimeMs: number | null;
  /** Slow for no reason that these requests share, while others fail: they are evidence of nothing. */
  readonly byChance: ReadonlySet<string>;
  readonly slowness: Slowness | null;
}

const none: Pace = { late: new Set(), onTime: new Set(), onTimeMs: null, byChance: new Set(), slowness: null };

/**
 * The limit for slow requests is one for all, so it says little about the place: a request with two slow parts exceeds it, one
 * with a single slow part may not. If one exceeds it, the others are compared with their own normal and with each other.
 */
export const paceOf = (all: readonly Request[], probedOf: (id: string) => ProbedRequest | undefined): Pace => {
  const timed = all.flatMap((request): readonly Timed[] => {
    const probed = probedOf(request.id);
    const ms = request.kind === 'target' ? request.timingsMs.total : null;
    return probed === undefined || ms === null || request.kind !== 'target' || !isComplete(request)
      ? []
      : [{ request, probed, ms }];
  });
  const slow = timed.filter(({ request }) => request.failureMode === 'slow' && isSymptom(request));
  if (slow.length === 0) return { ...none, slowness: slownessOfSteps(all, timed, probedOf) };
  const least = Math.min(...slow.map(({ ms }) => ms));
  const late = timed.filter((one) => one.request.failureMode === 'slow' || isLate(one, least));
  const onTime = timed.filter((one) => !late.includes(one) && one.ms <= least * scoring.onTime);
  const kept = withoutChance(late, onTime);
  const slowness = slownessOf(kept, onTime);
  // Without a place, it may be this machine that is slow: what passes is then no evidence against anything.
  if (slowness.hop === null) {
    // A single one passed, as it does on time.
    if (slow.length === 1 && all.some(isBrokenOff)) return { ...none, onTime: idsOf(slow), slowness };
    const isChance = all.some(isBrokenOff) && !isMostOfAny(slow, timed);
    const steps = all.filter((request) => request.kind === 'step' && request.failureMode === 'slow');
    const byChance = new Set([...idsOf(slow), ...steps.map(({ id }) => id)]);
    return { ...none, byChance: isChance ? byChance : none.byChance, slowness };
  }
  return {
    ...none,
    late: idsOf(kept),
    // Apart from the chance, the odd one was on time.
    onTime: idsOf([...onTime, ...late.filter((one) => !kept.includes(one))]),
    onTimeMs: least * scoring.onTime,
    slowness,
  };
};

/** Late requests of which one may be late by chance. */
const chanceAmong = 3;

/** All late requests but one that is late by chance: another that does all that it does is on time. */
const withoutChance = (late: readonly Timed[], onTime: readonly Timed[]): readonly Timed[] => {
  if (late.length < chanceAmong) return late;
  const [odd, ...more] = late.filter((one) => onTime.some((other) => doesAsMuch(other, one)));
  return odd === undefined || more.length > 0 ? late : late.filter((one) => one !== odd);
};

/** On the same host, past every hop of the other, with a key if that has one. A health route may ask for more, a preflight less. */
const doesAsMuch = ({ probed: one }: Timed, { probed: other }: Timed): boolean =>
  one.host === other.host &&
  other.hops.every((hop) => one.hops.includes(hop)) &&
  (other.key === 'none' || one.key !== 'none') &&
  (!other.health || one.health) &&
  !one.preflight;

/** Steps of the flow that are slow only in comparison; what is on time is seen from the other requests. */
const slownessOfSteps = (
  all: readonly Request[],
  timed: readonly Timed[],
  probedOf: (id: string) => ProbedRequest | undefined,
): Slowness | null => {
  const late = all.flatMap((request): readonly Timed[] => {
    const probed = probedOf(request.id);
    const isLateStep = request.kind === 'step' && isRelativelySlow(request) && isSymptom(request);
    return probed === undefined || !isLateStep ? [] : [{ request, probed, ms: request.durationMs ?? 0 }];
  });
  const least = Math.min(...late.map(({ ms }) => ms));
  return late.length === 0
    ? null
    : slownessOf(
        late,
        timed.filter(({ ms }) => ms <= least * scoring.onTime),
      );
};

const idsOf = (timed: readonly Timed[]): ReadonlySet<string> => new Set(timed.map(({ request }) => request.id));

/** It got through, so the time is that of the whole path. A failure may have come from anywhere on it. */
const isComplete = ({ status, failureMode }: TargetRequest): boolean => status === 'pass' || failureMode === 'slow';

/** Slow requests of a host that are hardly slow by chance, if they are most of them. */
const systematic = 4;

/** Some host answers most requests late: no chance, though the place is unknown. */
const isMostOfAny = (slow: readonly Timed[], timed: readonly Timed[]): boolean =>
  [...Map.groupBy(slow, ({ probed }) => probed.host)].some(
    ([host, of]) =>
      of.length >= systematic && of.length * 2 > timed.filter(({ probed }) => probed.host === host).length,
  );

/** It shows a fault by more than its time. */
const isBrokenOff = (request: Request): boolean => request.failureMode !== 'slow' && isSymptom(request);

const isLate = ({ request: { normalMs }, ms }: Timed, least: number): boolean =>
  ms >= least * scoring.late && ms >= (normalMs ?? 0) * scoring.timesNormal;

const slownessOf = (late: readonly Timed[], onTime: readonly Timed[]): Slowness => ({
  requests: late.map(({ request }) => request.id),
  byMs: Math.max(0, median(late.map(excessOf)) - (late.every(hasNormal) ? 0 : median(onTime.map(({ ms }) => ms)))),
  ...placeOf(late, onTime),
});

const hasNormal = ({ request }: Timed): boolean => request.normalMs !== undefined;
const excessOf = ({ request, ms }: Timed): number => ms - (request.normalMs ?? 0);

/** The phase that takes most of the time decides, if it belongs to one hop. Otherwise it is what only the late requests share. */
const placeOf = (allLate: readonly Timed[], allOnTime: readonly Timed[]): Pick<Slowness, 'hop' | 'withKey'> => {
  // One slow request may be slow by chance.
  if (allLate.length < 2) return { hop: null, withKey: false };
  const [phase, others] = [...new Set(allLate.map(longestPhase))];
  const ofPhase = others === undefined && phase !== undefined ? hopOfPhase[phase] : undefined;
  if (ofPhase !== undefined) return { hop: isMostOfHosts(allLate, allOnTime) ? ofPhase : null, withKey: false };
  // A health route may ask what is behind it, and need not check the key that it gets.
  const [late, onTime] = [allLate, allOnTime].map((timed) => timed.filter(({ probed }) => !probed.health));
  const [first, ...more] = late ?? [];
  if (first === undefined || onTime === undefined) return { hop: null, withKey: false };
  const shared = first.probed.hops.filter((hop) => more.every(({ probed }) => probed.hops.includes(hop)));
  const alone = shared.filter((hop) => !onTime.some(({ probed }) => probed.hops.includes(hop)));
  const [deepest = null] = alone.toReversed();
  if (deepest !== null) return { hop: deepest, withKey: false };
  const checked = [first, ...more].some(({ probed }) => probed.host === 'auth') ? authToo : apisOnly;
  const isChecked = ({ probed: { key, hops } }: Timed): boolean =>
    key !== 'none' && checked.some((hop) => hops.includes(hop));
  // The same path without a key is on time.
  const withKey = [first, ...more].every(({ probed }) => probed.key !== 'none') && !onTime.some(isChecked);
  return { hop: withKey ? (checked === authToo ? 'auth-service' : 'key-check') : null, withKey };
};

/** All requests to a host resolve, connect and negotiate alike, so a slow one among many that are not is slow by chance. */
const isMostOfHosts = (late: readonly Timed[], onTime: readonly Timed[]): boolean => {
  const hosts = new Set(late.map(({ probed }) => probed.host));
  return onTime.filter(({ probed }) => hosts.has(probed.host)).length <= late.length;
};

const apisOnly: readonly Hop[] = ['key-check'];
const authToo: readonly Hop[] = ['key-check', 'auth'];

const hopOfPhase: Readonly<Partial<Record<Phase, Hop>>> = { resolve: 'dns', connect: 'listener', tls: 'tls' };

const longestPhase = ({ request: { timingsMs } }: Timed): Phase =>
  (['resolve', 'connect', 'tls', 'processing', 'transfer'] as const).reduce((longest, phase) =>
    (timingsMs[phase] ?? 0) > (timingsMs[longest] ?? 0) ? phase : longest,
  );
