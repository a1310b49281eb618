import type { Row } from '../table.ts';
import { type Bench, Columns, sendWave, withProbers } from './measuring.ts';

/** Peak resident memory of a process after 1,000 HTTPS probes, 50 at once. */
export const memoryRow = async (bench: Bench, figure: string, goal: string): Promise<Row> => {
  const columns = new Columns();
  for (let run = 0; run < bench.runs; run += 1) {
    await withProbers(bench, false, async (started) => {
      for (const [kind, prober] of started) {
        for (let i = 0; i < 20; i += 1) await sendWave(kind, prober, { scheme: 'https', path: '/', probes: 50 });
        columns.add(kind, await prober.peakMb());
      }
    });
  }
  return { figure, goal, columns: columns.values };
};

/**
 * How much one response of 512 MiB makes a process grow that has probed once before. The probe's failure does not
 * matter here.
 */
export const largeBodyRow = async (bench: Bench, figure: string, goal: string): Promise<Row> => {
  const columns = new Columns();
  for (let run = 0; run < bench.runs; run += 1) {
    await withProbers(bench, false, async (started) => {
      for (const [kind, prober] of started) {
        await sendWave(kind, prober, { scheme: 'https', path: '/', probes: 1 });
        const idleMb = await prober.peakMb();
        await prober.send({ scheme: 'https', path: '/large', probes: 1 });
        columns.add(kind, (await prober.peakMb()) - idleMb);
      }
    });
  }
  return { figure, goal, columns: columns.values };
};
