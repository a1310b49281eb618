import { loadInputs } from '../../src/cli/inputs.ts';
import { runCycle } from '../../src/cycle/run-cycle.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import { isNews } from '../../src/model/predicates.ts';
import type { Report } from '../../src/model/report.ts';
import { requests } from '../../src/model/requests.ts';
import type { Target } from '../../src/model/target.ts';
import type { GenerationName } from '../../src/sandbox/generations.ts';
import { startSandboxThread, type ThreadedSandbox } from '../../src/sandbox/start-thread.ts';

export interface SandboxedOptions {
  readonly faults?: readonly string[];
  readonly generation?: GenerationName;
  readonly mlflowUrl?: string | null;
  /** Ids of targets or hosts; empty: all. */
  readonly targets?: readonly string[];
  readonly deadlineMs?: number;
  /** Whether a doubtful cycle asks more. Default: true. */
  readonly followUp?: boolean;
  /** How much of a response the report shows. */
  readonly evidenceBytes?: number;
}

/**
 * Twice the sandbox's usual waits: other tests run in parallel, and a busy machine must not look like a slow platform.
 */
const pace = 2;

/** Runs work against a temporary sandbox. */
export const inSandbox = async <T>(
  { faults = [], generation = '2026', mlflowUrl = null }: SandboxedOptions,
  work: (sandbox: ThreadedSandbox) => Promise<T>,
): Promise<T> => {
  const sandbox = await startSandboxThread({ options: { generation, mlflowUrl, pace }, faultIds: faults });
  try {
    return await work(sandbox);
  } finally {
    await sandbox.close();
  }
};

/** One cycle against a sandbox with these faults. */
export const checkSandbox = async (options: SandboxedOptions = {}): Promise<Report> =>
  (await checkSandboxed(options)).report;

/** The same, along with the targets that it asked. */
export const checkSandboxed = (
  options: SandboxedOptions,
): Promise<{ readonly report: Report; readonly targets: readonly Target[] }> =>
  inSandbox(options, async ({ configurationFile }) => {
    const inputs = await loadInputs({
      configuration: configurationFile,
      targets: options.targets ?? [],
      baseline: null,
    });
    const { limits } = inputs.settings;
    const patient = {
      ...inputs.settings,
      followUp: options.followUp ?? true,
      limits: {
        ...limits,
        evidenceBytes: options.evidenceBytes ?? limits.evidenceBytes,
        slowMs: isAboutSlowness(options) ? limits.slowMs : limits.deadlineMs,
      },
    };
    const deadlineMs = options.deadlineMs ?? limits.deadlineMs;
    return {
      report: await runCycle({ ...inputs, settings: patient, deadlineMs }),
      targets: patient.targets,
    };
  });

/** A result may be slow only if slowness is the injected fault. Otherwise this machine is the cause. */
const isAboutSlowness = ({ faults = [] }: SandboxedOptions): boolean => faults.some((id) => id.endsWith('-slow'));

/** The failure modes of everything unhealthy, except known deviations. */
export const modesShown = (report: Report): ReadonlySet<FailureMode> =>
  new Set(requests(report).flatMap(({ failureMode, known }) => (failureMode === null || known ? [] : [failureMode])));

/** Everything unhealthy, one line each, for the message of a failing test. */
export const troubles = (report: Report): readonly string[] =>
  requests(report)
    .filter(isNews)
    .map(({ id, status, failureMode, evidence }) => `${id} ${status} ${failureMode}: ${evidence.summary}`);
