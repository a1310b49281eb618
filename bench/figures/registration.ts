import { pythonWith } from '../../test/setup/environment.ts';
import { startRealMlflow } from '../../test/setup/mlflow-server.ts';
import { runOurFlow } from '../registration/our-flow.ts';
import { startNotingPassThrough } from '../registration/pass-through.ts';
import { startPythonClient } from '../registration/python-client.ts';
import type { Row } from '../table.ts';

/** For connections, compiled code and MLflow's own caches. The first also creates the experiment. */
const warmUps = 5;
/** Flows per client and run, alternating. */
const flowsPerRun = 3;

export const registrationColumns = ['hokusai-synthetics', 'mlflow 3.9.0 (Python)'] as const;
const [ours, theirs] = registrationColumns;

/** A model registered on a real MLflow 3.9.0, read back and deleted: by the flow and by the official client. */
export const registrationRows = async (runs: number): Promise<readonly Row[]> => {
  const mlflow = await startRealMlflow();
  const between = await startNotingPassThrough(mlflow.url);
  const python = startPythonClient(await pythonWith('mlflow'), mlflow.url);
  const noted = startPythonClient(await pythonWith('mlflow'), between.url);
  try {
    for (let i = 0; i < warmUps; i += 1) {
      await runOurFlow(mlflow.url);
      await python.flow();
      await noted.flow();
    }
    const durations = { ours: [] as number[], theirs: [] as number[] };
    const ratios = { ours: [] as number[], theirs: [] as number[] };
    const requests = { ours: [] as number[], theirs: [] as number[] };
    for (let run = 0; run < runs * flowsPerRun; run += 1) {
      durations.ours.push(await runOurFlow(mlflow.url));
      durations.theirs.push(await python.flow());
      for (const [who, flow] of [
        ['ours', () => runOurFlow(between.url)],
        ['theirs', noted.flow],
      ] as const) {
        await between.note();
        const tookMs = await flow();
        const { serverMs, ownMs, requests: count } = await between.note();
        ratios[who].push((tookMs - ownMs) / serverMs);
        requests[who].push(count);
      }
    }
    const row = (figure: string, values: typeof durations, goal: string): Row => ({
      figure,
      columns: { [ours]: values.ours, [theirs]: values.theirs },
      goal,
    });
    return [
      row('a model registered, read back and deleted, warm, ms', durations, "≤ the client's"),
      row('requests for it', requests, ''),
      row("its time over MLflow's own time in it", ratios, '≤ 1.3'),
    ];
  } finally {
    await Promise.all([python.close(), noted.close(), between.close()]);
    await mlflow.close();
  }
};
