import type { Verdict } from '../../src/model/report.ts';
import { faults } from '../../src/sandbox/faults/faults.ts';
import { openSandboxThread, type SandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';
import type { Random } from '../../test/fuzz/random.ts';

/** A running sandbox, and the verdicts that are true of it. */
export interface Site {
  /** The injected fault. Null if the platform is healthy. */
  readonly fault: string | null;
  readonly verdicts: readonly Verdict[];
  readonly configurationFile: string;
  /** Starts another sandbox in its place. */
  change(): Promise<Site>;
  close(): Promise<void>;
}

/** The fastest pace at which a busy machine does not look like a slow platform. */
const pace = 2;

const ids = Object.keys(faults);

/** A healthy platform in one of three cases. */
const anyFault = (random: Random): string | null =>
  random.chance(33) ? null : (ids[random.below(ids.length)] ?? null);

export const openSite = async (random: Random, thread: SandboxThread = openSandboxThread()): Promise<Site> => {
  const fault = anyFault(random);
  const options = { generation: random.pick(['2025', '2026'] as const), mlflowUrl: null, pace };
  const sandbox: ThreadedSandbox = await thread.start({ options, faultIds: fault === null ? [] : [fault] });
  return {
    fault,
    verdicts: fault === null ? ['healthy'] : (faults[fault]?.verdicts ?? ['failing']),
    configurationFile: sandbox.configurationFile,
    change: async () => {
      await sandbox.close();
      return openSite(random, thread);
    },
    close: async () => {
      await sandbox.close();
      await thread.end();
    },
  };
};
