import { loadInputs } from '../../src/cli/inputs.ts';
import type { Report } from '../../src/model/report.ts';
import { createMemory } from '../../src/monitor/memory.ts';
import { monitor } from '../../src/monitor/monitor.ts';
import type { Prepared } from '../../src/monitor/prepare.ts';
import type { Tracker } from '../../src/monitor/track.ts';

/** One monitor among several in the process: its own environment, state and targets, like a `watch` of its own. */
export interface Lane {
  readonly environment: string;
  /** Targets of each cycle; empty: all, and the registration flow. */
  readonly targets: readonly string[];
}

export interface SitePart {
  readonly fault: string | null;
  readonly configurationFile: string;
}

export const inputsOf = async ({ environment, targets }: Lane, site: SitePart): Promise<Prepared> => {
  const inputs = await loadInputs({ configuration: site.configurationFile, targets, baseline: null });
  const { limits } = inputs.settings;
  // Only an injected fault makes a response slow, not this machine.
  const slowMs = site.fault?.endsWith('-slow') === true ? limits.slowMs : limits.deadlineMs;
  return { ...inputs, settings: { ...inputs.settings, environment, limits: { ...limits, slowMs } } };
};

export const cycle = async (inputs: Prepared, tracker: Tracker): Promise<Report> => {
  const memory = createMemory(inputs, tracker, {
    tracksSelection: true,
    limits: () => ({ signal: AbortSignal.timeout(60_000) }),
    onNote: () => undefined,
    onTrouble: (sentence) => console.log(sentence),
  });
  return (await monitor({ ...inputs, deadlineMs: inputs.settings.limits.deadlineMs, memory })).report;
};
