import { loadInputs } from '../../src/cli/inputs.ts';
import { runCycle } from '../../src/cycle/run-cycle.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { startSandboxThread } from '../../src/sandbox/start-thread.ts';
import { median } from '../statistics.ts';
import type { Row } from '../table.ts';

/** Diagnoses per run: each takes a few milliseconds. */
const repeats = 21;

/** The diagnosis of one cycle over all default targets and the flow, while MLflow is down. */
export const diagnosisRow = async (runs: number, column: string): Promise<Row> => {
  const sandbox = await startSandboxThread({
    options: { generation: '2026', mlflowUrl: null, pace: 1 },
    faultIds: ['mlflow-stopped'],
  });
  try {
    const inputs = await loadInputs({ configuration: sandbox.configurationFile, targets: [], baseline: null });
    const report = await runCycle({ ...inputs, deadlineMs: inputs.settings.limits.deadlineMs });
    const once = (): number => {
      const began = performance.now();
      const { faults } = diagnose(report, inputs.settings.targets);
      if (!faults.flat().includes('mlflow-service-unhealthy')) throw new Error('the diagnosis is another one');
      return performance.now() - began;
    };
    const values = Array.from({ length: runs }, () => median(Array.from({ length: repeats }, once)));
    return { figure: 'diagnosis of a failing cycle, warm, ms', columns: { [column]: values }, goal: '≤ 5' };
  } finally {
    await sandbox.close();
  }
};
