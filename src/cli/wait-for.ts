import { setTimeout as pause } from 'node:timers/promises';
import type { Settings } from '../config/settings.ts';
import { runCycle, selectTargets } from '../cycle.ts';
import type { Report } from '../platform/report.ts';
import type { Target } from '../platform/target.ts';
import { cut, duration, plainText } from '../report/plain-text.ts';
import type { Inputs } from './inputs.ts';
import { UsageError } from './usage-error.ts';

const everyMs = 2_000;
/** A version is short; what a server says instead of one may not be. */
const shownLetters = 60;
/** Rounds in a row in which all paths must serve the version: behind a balancer each may be another task's. */
const rounds = 3;

/** The API's health routes name the version that serves them. */
const namesVersion = (target: Target): boolean =>
  target.kind === 'http' &&
  target.expect.body.kind === 'health' &&
  (target.host === 'registry' || target.host === 'api');

/** The same settings, in which every path that names a version must name this one. */
export const expectVersion = (settings: Settings, version: string): Settings => ({
  ...settings,
  targets: settings.targets.map((target) =>
    target.kind === 'http' && namesVersion(target) ? { ...target, expect: { ...target.expect, version } } : target,
  ),
});

/** Waits until the version serves on all paths, or the limit has passed, and tells which. @throws when no path names a version. */
export const waitForVersion = async (inputs: Inputs, version: string, limitMs: number): Promise<boolean> => {
  const endsAt = performance.now() + limitMs;
  const only = selectTargets(inputs.settings, null)
    .filter(namesVersion)
    .map(({ id }) => id);
  if (only.length === 0)
    throw new UsageError('--wait-for needs a target that names its version, and all of them are switched off');
  process.stderr.write(`waiting for version ${version} on ${only.join(', ')}, for up to ${duration(limitMs)}\n`);
  for (let inARow = 0, seen = ''; performance.now() < endsAt; ) {
    const deadlineMs = Math.max(1, Math.min(inputs.settings.limits.deadlineMs, endsAt - performance.now()));
    const report = await runCycle({ ...inputs, only, registration: false, deadlineMs });
    const now = describe(report);
    if (now !== seen) process.stderr.write(`${now}\n`);
    seen = now;
    inARow = report.outcomes.every(({ evidence }) => evidence.version === version) ? inARow + 1 : 0;
    if (inARow === rounds) return true;
    await pause(Math.min(everyMs, Math.max(0, endsAt - performance.now())));
  }
  process.stderr.write(`version ${version} did not serve on all of them in time\n`);
  return false;
};

const describe = ({ outcomes }: Report): string =>
  outcomes
    .map(
      ({ target, evidence, failureMode, status }) =>
        `${target}: ${cut(plainText(evidence.version ?? failureMode ?? status), shownLetters)}`,
    )
    .join(' · ');
