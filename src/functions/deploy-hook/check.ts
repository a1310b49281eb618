import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { SecretStores } from '../../aws/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import { selectionOf } from '../../cycle/selection.ts';
import { expectVersion, versionTargets, waitForVersion } from '../../cycle/wait-for.ts';
import { monitor } from '../../monitor/monitor.ts';
import { prepare } from '../../monitor/prepare.ts';
import type { Configuration } from '../probe/configuration.ts';
import { keyRenewal } from '../probe/renew-key.ts';
import { asNew } from './as-new.ts';
import { readBefore } from './before.ts';
import { takenDownBy } from './broken-before.ts';
import { type Conclusion, conclude, passes, type Seen, versionMissing } from './conclusion.ts';
import { hookLimits } from './limits.ts';
import { optionsIn } from './options.ts';
import { settle } from './settle.ts';

export interface CheckInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly configuration: (limitMs: number) => Promise<Configuration>;
  readonly secrets: SecretStores;
  /** When the deployment was created, read within this limit and only when needed. */
  readonly deployedAt: (limitMs: number) => Promise<number>;
  /** Milliseconds until the deployment needs a result. */
  readonly leftMs: () => number;
  /** How to wait for a version: here, as long as time allows; or in short looks, of which this may be the last. */
  readonly waiting: 'here' | 'one-look' | 'last-look';
  readonly logger: Logger;
}

/**
 * Waits for the version if one is expected, then runs cycles until one passes or the cut-over must be over. Throws when the
 * monitor itself fails. @returns null when the version is not served yet and a later look may find it
 */
export const checkDeployment = async (input: CheckInput): Promise<Conclusion | null> => {
  const { env, secrets, logger, leftMs, waiting } = input;
  const { waitFor, blockOnKnown } = optionsIn(env);
  const readMs = (): number => Math.min(hookLimits.readMs, leftMs() - hookLimits.namingMs);
  const { settings: configured, baseline } = await input.configuration(readMs());
  const settings = waitFor === null ? configured : expectVersion(configured, waitFor);
  const inputs = { settings, baseline, ...selectionOf(null, settings) };
  const prepared = await prepare(inputs, { env, fetchSecret: secrets.fetchSecret, limitMs: readMs() });
  const before = await readBefore(env, settings.environment, { ms: readMs, deployedAt: input.deployedAt });
  if (before.trouble !== null) logger.warn(before.trouble);

  const look = async (cycles: number): Promise<Seen> => {
    const { report } = await monitor({
      ...prepared,
      deadlineMs: cycleMs(settings, leftMs()),
      renewKey: keyRenewal(prepared, { stores: secrets, limitMs: readMs, logger }),
      memory: { history: Promise.resolve(before.history) },
    });
    const counts = { before: takenDownBy(before.incidents), blockOnKnown, targets: settings.targets };
    return {
      report: asNew(report, counts),
      platform: settings,
      cycles,
      openBefore: before.incidents.map(({ id }) => id),
    };
  };

  if (waitFor !== null) {
    const only = versionTargets(settings);
    if (only.length === 0)
      throw new Error(`the check waits for version ${waitFor}, but no enabled target reports a version`);
    const availableMs = waitMs(settings, leftMs());
    const limitMs = waiting === 'here' ? availableMs : Math.min(hookLimits.ecsLookMs, availableMs);
    const say = (line: string): void => logger.info(line);
    const came = await waitForVersion({ ...prepared, version: waitFor, only, limitMs, say });
    if (!came) return waiting === 'one-look' ? null : versionMissing(waitFor, await look(1));
  }
  return conclude(
    await settle(
      {
        look,
        passes: ({ report }) => passes(report),
        hasTime: (seen) => timeForAnother(seen, leftMs()),
        onFailure: (cycles) =>
          logger.info(`Cycle ${cycles} failed: another one starts in ${hookLimits.confirmPauseMs / 1_000} s`),
        now: () => performance.now(),
        pause,
      },
      { pauseMs: hookLimits.confirmPauseMs, cutOverMs: hookLimits.cutOverMs },
    ),
  );
};

const cycleMs = ({ limits }: Settings, leftMs: number): number => {
  const forCycle = leftMs - hookLimits.cycleMarginMs;
  if (forCycle <= 0) throw new Error('no time is left for a cycle: give the function a longer time-out');
  return Math.min(limits.deadlineMs, forCycle);
};

/** The time left after the cycles that a cut-over may need, or at least after two whole cycles. */
const waitMs = ({ limits }: Settings, leftMs: number): number => {
  const { cycleMarginMs, confirmPauseMs, cutOverMs } = hookLimits;
  const forWaiting = leftMs - cycleMarginMs - confirmPauseMs - 2 * limits.deadlineMs;
  if (forWaiting <= 0) throw new Error('no time is left to wait for a version: give the function a longer time-out');
  return forWaiting > cutOverMs ? forWaiting - cutOverMs : forWaiting;
};

const timeForAnother = ({ report }: Seen, leftMs: number): boolean =>
  leftMs - hookLimits.cycleMarginMs - hookLimits.confirmPauseMs > report.durationMs;
