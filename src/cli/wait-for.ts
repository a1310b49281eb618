import { versionTargets, waitForVersion } from '../cycle/wait-for.ts';
import type { Prepared } from '../monitor/prepare.ts';
import { say } from './print.ts';
import { UsageError } from './usage-error.ts';

/** Waits for the version, and returns whether it came. @throws UsageError when no target names a version */
export const awaitVersion = (
  prepared: Prepared,
  version: string,
  limitMs: number,
  stop: AbortSignal,
): Promise<boolean> => {
  const only = versionTargets(prepared.settings);
  if (only.length === 0)
    throw new UsageError(
      '--wait-for needs a target that names its version, but all of them are switched off: switch one on',
    );
  return waitForVersion({ ...prepared, version, only, limitMs, say, stop });
};
