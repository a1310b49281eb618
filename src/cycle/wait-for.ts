import { setTimeout as pause } from 'node:timers/promises';
import { sameVersion } from '../classify/version.ts';
import type { Settings } from '../config/settings.ts';
import type { Report } from '../model/report.ts';
import { requests } from '../model/requests.ts';
import { namesPlatformVersion } from '../model/target.ts';
import { cut, plainText } from '../wording/plain-text.ts';
import { duration } from '../wording/time.ts';
import type { CycleInput } from './input.ts';
import { runCycle } from './run-cycle.ts';
import { selectTargets } from './selection.ts';

const everyMs = 2_000;
/** Versions are short, but a server may send something else in their place. */
const shownLetters = 60;
/**
 * Consecutive rounds in which all paths must serve the version, because each request may reach another task behind the
 * balancer.
 */
const rounds = 3;

/** Ids of the targets whose responses name the version. If empty, a version cannot be waited for. */
export const versionTargets = (settings: Settings): readonly string[] =>
  selectTargets(settings, null)
    .filter(namesPlatformVersion)
    .map(({ id }) => id);

/** The same settings, except that every path that names a version must name this one. */
export const expectVersion = (settings: Settings, version: string): Settings => ({
  ...settings,
  targets: settings.targets.map((target) =>
    namesPlatformVersion(target) ? { ...target, expect: { ...target.expect, version } } : target,
  ),
});

export interface Wait extends Pick<CycleInput, 'settings' | 'apiKey' | 'baseline'> {
  readonly version: string;
  /** Ids from `versionTargets`, at least one. */
  readonly only: readonly string[];
  readonly limitMs: number;
  /** Called with a line at the start, on each change, and when the wait was in vain. */
  readonly say: (line: string) => void;
  /** Ends the wait, as if the version had not come. */
  readonly stop?: AbortSignal;
}

/** Waits until all paths serve the version or the limit has passed. @returns whether they serve it */
export const waitForVersion = async ({ version, only, limitMs, say, ...input }: Wait): Promise<boolean> => {
  const settings = { ...input.settings, followUp: false };
  const endsAt = performance.now() + limitMs;
  say(`waiting for version ${version} on ${only.join(', ')}, for up to ${duration(limitMs)}`);
  for (let inARow = 0, seen = ''; performance.now() < endsAt; ) {
    const deadlineMs = Math.max(1, Math.min(input.settings.limits.deadlineMs, endsAt - performance.now()));
    const report = await runCycle({ ...input, settings, only, registration: false, deadlineMs });
    if (input.stop?.aborted === true) return false;
    const now = describe(report);
    if (now !== seen) say(now);
    seen = now;
    inARow = requests(report).every(({ evidence }) => sameVersion(evidence.version, version)) ? inARow + 1 : 0;
    if (inARow === rounds) return true;
    const waitMs = Math.min(everyMs, Math.max(0, endsAt - performance.now()));
    if (!(await waited(waitMs, input.stop))) return false;
  }
  say(`version ${version} was not served by all of them in time`);
  return false;
};

/** False if the signal came first. */
const waited = async (ms: number, stop: AbortSignal | undefined): Promise<boolean> => {
  await pause(ms, undefined, stop === undefined ? {} : { signal: stop }).catch(() => undefined);
  return stop?.aborted !== true;
};

const describe = (report: Report): string =>
  requests(report)
    .map(
      ({ id, evidence, failureMode, status }) =>
        `${id}: ${cut(plainText(evidence.version ?? failureMode ?? status), shownLetters)}`,
    )
    .join(' · ');
