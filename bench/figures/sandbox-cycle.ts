import { loadInputs } from '../../src/cli/inputs.ts';
import { runCycle } from '../../src/cycle/run-cycle.ts';
import { startSandboxThread } from '../../src/sandbox/start-thread.ts';
import type { Row } from '../table.ts';

const warmUps = 5;

/** One cycle over all default targets against the sandbox, which runs in its own thread. */
export const sandboxRows = async (runs: number, column: string, ratioGoal: string): Promise<readonly Row[]> => {
  const sandbox = await startSandboxThread({
    options: { generation: '2026', mlflowUrl: null, pace: 1 },
    faultIds: [],
  });
  try {
    const inputs = await loadInputs({
      configuration: sandbox.configurationFile,
      targets: [],
      skipRegistration: true,
      baseline: null,
    });
    const cycle = () => runCycle({ ...inputs, deadlineMs: inputs.settings.limits.deadlineMs });
    for (let i = 0; i < warmUps; i += 1) await cycle();
    const cycles: number[] = [];
    const ratios: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { durationMs, outcomes, verdict } = await cycle();
      if (verdict !== 'healthy') throw new Error(`the sandbox is ${verdict}`);
      cycles.push(durationMs);
      ratios.push(durationMs / Math.max(...outcomes.map(({ timingsMs }) => timingsMs.total ?? 0)));
    }
    const targets = inputs.settings.targets.filter(({ enabled }) => enabled).length;
    return [
      { figure: `cycle of the ${targets} default targets, sandbox, ms`, columns: { [column]: cycles }, goal: '' },
      { figure: 'the same over its slowest probe', columns: { [column]: ratios }, goal: ratioGoal },
    ];
  } finally {
    await sandbox.close();
  }
};
