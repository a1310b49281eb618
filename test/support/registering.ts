import { loadInputs } from '../../src/cli/inputs.ts';
import type { Settings } from '../../src/config/settings.ts';
import { runCycle } from '../../src/cycle/run-cycle.ts';
import { createTools } from '../../src/cycle/tools.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Registration, Report, StepOutcome } from '../../src/model/report.ts';
import type { StepId } from '../../src/platform/flow-steps.ts';
import { type SweepReport, sweepOnce } from '../../src/registration/sweep-once.ts';
import type { GenerationName } from '../../src/sandbox/generations.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';

export interface PlatformOptions {
  readonly faults?: readonly string[];
  readonly generation?: GenerationName;
  /**
   * The pace of the sandbox's waits. Default: twice the usual waits, because other tests run in parallel. If nothing is
   * broken, the platform's own waits: no response takes that long then, and a busy machine that responds late is still
   * in time.
   */
  readonly pace?: number;
  /** The prober's environment. Default: `sandbox`. */
  readonly environment?: string;
}

interface RunOptions {
  readonly limits?: Partial<Settings['limits']>;
  readonly onStep?: (step: StepOutcome) => void;
}

interface SweepOptions {
  readonly dryRun?: boolean;
  /** Anything older counts as left over, in milliseconds since 1970. */
  readonly olderThan: number;
}

/** The sandbox's balancers and API in front of a real MLflow server. */
export interface Platform {
  readonly configurationFile: string;
  readonly sandbox: Sandbox;
  /** One cycle with the registration flow only. */
  run(options?: RunOptions): Promise<Registration>;
  sweep(options: SweepOptions): Promise<SweepReport>;
  close(): Promise<void>;
}

export const startPlatform = async (
  mlflowUrl: string,
  {
    faults = [],
    generation = '2026',
    pace = faults.length === 0 ? 10 : 2,
    environment = 'sandbox',
  }: PlatformOptions = {},
): Promise<Platform> => {
  const sandbox = await startSandbox({ generation, mlflowUrl, pace }, faults);
  const { configurationFile } = sandbox;
  // The rate limit is meant for users. Here requests follow one another without a pause.
  if (!faults.includes('rate-limit-low')) sandbox.topology.api.env.requestsPerMinute = Number.POSITIVE_INFINITY;
  const inputs = await loadInputs({ configuration: configurationFile, targets: ['registration'], baseline: null });
  const settings = { ...inputs.settings, environment };
  // A machine that is busy with other tests must not look like a slow platform.
  const patient = { ...settings.limits, slowMs: settings.limits.deadlineMs };
  return {
    configurationFile,
    sandbox,
    run: async ({ limits, ...options } = {}) =>
      registrationOf(
        await runCycle({
          ...inputs,
          ...options,
          settings: { ...settings, limits: { ...patient, ...limits } },
          deadlineMs: patient.deadlineMs,
        }),
      ),
    sweep: async ({ dryRun = false, olderThan }) => {
      const { deadlineMs, leftOverMs } = patient;
      const tools = createTools({ settings, apiKey: inputs.apiKey, deadlineMs }, performance.now());
      const report = await sweepOnce(settings, { ...tools, now: () => olderThan + leftOverMs }, { dryRun, all: false });
      return report;
    },
    close: sandbox.close,
  };
};

/** Runs work against a temporary platform. */
export const onPlatform = async <T>(
  mlflowUrl: string,
  options: PlatformOptions,
  work: (platform: Platform) => Promise<T>,
): Promise<T> => {
  const platform = await startPlatform(mlflowUrl, options);
  try {
    return await work(platform);
  } finally {
    await platform.close();
  }
};

const registrationOf = ({ registration }: Report): Registration => {
  if (registration === null) throw new Error('the flow was left out');
  return registration;
};

/** What went wrong, one line each; empty if the flow passed. */
export const flowTroubles = ({ steps, cleanup, facts }: Registration): readonly string[] => [
  ...steps
    .filter(
      ({ status, known }) => status !== 'pass' && !known && !(status === 'skipped' && facts.loggedModels === false),
    )
    .map(({ id, status, failureMode, evidence }) => `${id} ${status} ${failureMode}: ${evidence.summary}`),
  ...(cleanup.status === 'pass'
    ? []
    : [
        `clean-up ${cleanup.status} ${cleanup.failureMode}: ${cleanup.evidence?.summary} ${JSON.stringify(cleanup.leftBehind)}`,
      ]),
];

/** The first failing step and its failure mode; null if none failed. */
export const firstFailure = ({ steps, facts }: Registration): readonly [StepId, FailureMode | null] | null => {
  const step = steps.find(({ id }) => id === facts.firstFailure);
  return step === undefined ? null : [step.id, step.failureMode];
};
