import type { Row } from '../table.ts';
import { type Bench, Columns, sendWave, warm, withProbers } from './measuring.ts';

/** Waves per measurement: the peer's CPU time has a resolution of 10 ms. */
const waves = 4;
const probes = 50;

/** CPU time per probe in a process that has already sent hundreds. */
export const warmProcessorRow = (bench: Bench, scheme: 'https' | 'http', figure: string, goal: string): Promise<Row> =>
  withProbers(bench, false, async (started) => {
    const wave = { scheme, path: '/', probes } as const;
    const columns = new Columns();
    for (const [kind, prober] of started) await warm(kind, prober, wave);
    for (let run = 0; run < bench.runs; run += 1) {
      for (const [kind, prober] of started) {
        let cpuMs = 0;
        for (let i = 0; i < waves; i += 1) cpuMs += (await sendWave(kind, prober, wave)).cpuMs;
        columns.add(kind, cpuMs / (waves * probes));
      }
    }
    return { figure, goal, columns: columns.values };
  });

/** CPU time per probe in a process's first cycle, which compiles code and reads the root certificates. */
export const firstCycleRow = async (bench: Bench, figure: string, goal: string): Promise<Row> => {
  const columns = new Columns();
  const first = bench.probers.filter(({ hasFirstCycle }) => hasFirstCycle);
  for (let run = 0; run < bench.runs; run += 1) {
    await withProbers({ ...bench, probers: first }, false, async (started) => {
      for (const [kind, prober] of started) {
        const { cpuMs } = await sendWave(kind, prober, { scheme: 'https', path: '/', probes: 30 });
        columns.add(kind, cpuMs / 30);
      }
    });
  }
  return { figure, goal, columns: columns.values };
};
