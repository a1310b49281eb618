import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadInputs } from '../../src/cli/inputs.ts';
import { parseReport } from '../../src/cli/saved-report.ts';
import { loadSettings } from '../../src/config/load.ts';
import { createRedactor } from '../../src/config/redact.ts';
import type { Settings } from '../../src/config/settings.ts';
import { changesBefore } from '../../src/confirm/changes.ts';
import { confirmReport } from '../../src/confirm/confirm.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { runAll } from '../../src/drill/run.ts';
import type { Report } from '../../src/model/report.ts';
import { monitor } from '../../src/monitor/monitor.ts';
import { createKeep } from '../../src/raw/keep.ts';
import { breakages } from '../../src/sandbox/aws/breakages.ts';
import { healthyInventory } from '../../src/sandbox/aws/inventory.ts';
import { startSandboxAws } from '../../src/sandbox/aws/server.ts';
import { faults } from '../../src/sandbox/faults/faults.ts';
import { rows } from '../diagnose/evidence-rows.ts';
import { targets } from '../diagnose/observations.ts';
import { accessTo } from './asking.ts';
import { awsOf, type Change } from './evidence-aws.ts';
import type { Measured } from './measured.ts';

const folder = join(import.meta.dirname, '..', 'evidence');

/** @param changes of the sandbox's AWS; without one it is as on a healthy day */
const measure = async (
  { fault, causes }: Pick<Measured, 'fault' | 'causes'>,
  report: Report,
  settings: Settings,
  changes: readonly Change[],
): Promise<Measured> => {
  const now = Date.now();
  const inventory = healthyInventory(now);
  for (const change of changes) change(inventory, now);
  const aws = await startSandboxAws(inventory);
  try {
    const confirmed = await confirmReport(report, {
      settings,
      access: accessTo(aws.endpoint),
      keep: createKeep(createRedactor([])),
      now: Date.now,
      changes: changesBefore,
    });
    return {
      fault,
      causes,
      outside: report.diagnosis.faults,
      withAws: confirmed.diagnosis.faults,
      findings: (confirmed.confirmation?.findings ?? []).map(({ hypothesis, verdict }) => [hypothesis, verdict]),
      calls: confirmed.confirmation?.calls ?? 0,
    };
  } finally {
    await aws.close();
  }
};

/** Breaks the sandbox, checks it, and asks its AWS, which is broken in the same way. */
export const measureSandbox = async (ids: readonly string[]): Promise<readonly Measured[]> => {
  const stop = new AbortController().signal;
  const settingsOf = new Map<Report, Settings>();
  const { trials } = await runAll(
    ids.map((id) => ({ generation: '2026', faults: [id] })),
    {
      pace: 1,
      concurrency: 2,
      stop,
      onTrial: () => undefined,
      check: async (configuration) => {
        const inputs = await loadInputs({ configuration, targets: [], baseline: null });
        // Follow-up requests would split some of the ties first.
        const settings = { ...inputs.settings, followUp: false };
        const { report } = await monitor({ ...inputs, settings, deadlineMs: settings.limits.deadlineMs, stop });
        settingsOf.set(report, settings);
        return { report, targets: settings.targets };
      },
    },
  );
  const measured: Measured[] = [];
  for (const [index, trial] of trials.entries()) {
    const fault = ids[index] ?? '';
    const settings = trial.kind === 'checked' ? settingsOf.get(trial.report) : undefined;
    if (trial.kind === 'refused' || settings === undefined) throw new Error(`${fault} was not checked`);
    measured.push(
      await measure(
        { fault, causes: faults[fault]?.causes ?? [] },
        trial.report,
        settings,
        [breakages[fault] ?? []].flat(),
      ),
    );
  }
  return measured;
};

/** It has no default name. */
const balancerOfMlflow = 'confirm: { balancers: { mlflow: hokusai-mlflow-development } }';

/** Reads recorded reports, and asks an AWS that is broken as the sandbox's fault with the same cause has it. */
export const measureEvidence = async (): Promise<readonly Measured[]> => {
  const settings = await loadSettings({ text: balancerOfMlflow, name: 'test', folder: '.' });
  const measured: Measured[] = [];
  for (const [file, row] of Object.entries(rows)) {
    const changes = awsOf(file, row);
    if (changes.length === 0 || row.named.length === 0) continue;
    const { report: recorded } = parseReport(await readFile(join(folder, `${file}.json`), 'utf8'));
    const report = { ...recorded, diagnosis: diagnose(recorded, targets, recorded.history) };
    measured.push(await measure({ fault: file, causes: row.right }, report, settings, changes));
  }
  return measured;
};
