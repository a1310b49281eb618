import type { Row } from '../table.ts';
import { type Bench, Columns, sendWave, warm, withProbers } from './measuring.ts';

/** Waves of one measurement: the peer's processor time is counted in hundredths of a second. */
const waves = 4;
const probes = 50;

/** Processor time of a probe in a process that has sent hundreds. */
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

/** Processor time of a probe in the first cycle of a process, which compiles what it runs and reads the root certificates. */
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
