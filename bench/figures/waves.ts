import type { Measured, ProberKind, WaveResult } from '../probers/prober.ts';
import { median, quantile } from '../statistics.ts';
import type { Row } from '../table.ts';
import { type BenchPhase, benchPhases, injected, type TargetReport } from '../target/target.ts';
import { type Bench, Columns, sendWave, warm, withProbers } from './measuring.ts';

/** One prober's wave with the target's record of it. */
interface Observed {
  readonly kind: ProberKind;
  readonly probes: number;
  readonly result: WaveResult;
  readonly waits: TargetReport['waits'];
}

/** HTTPS probes started together, by all probers in turn. */
export const observeWaves = async (
  bench: Bench,
  sizes: readonly number[],
  oneCore = false,
): Promise<readonly Observed[]> =>
  withProbers(bench, oneCore, async (started) => {
    const observed: Observed[] = [];
    for (const [kind, prober] of started) await warm(kind, prober, { scheme: 'https', path: '/', probes: 50 });
    for (const probes of sizes) {
      const wave = { scheme: 'https', path: '/', probes } as const;
      for (const [kind, prober] of started) await sendWave(kind, prober, wave);
      for (let run = 0; run < bench.runs; run += 1) {
        for (const [kind, prober] of started) {
          await bench.target.report();
          const result = await sendWave(kind, prober, wave);
          const { waits } = await bench.target.report();
          observed.push({ kind, probes, result, waits });
        }
      }
    }
    return observed;
  });

const rowOf = (
  { figure, goal, probes }: Pick<Row, 'figure' | 'goal'> & { readonly probes: number },
  observed: readonly Observed[],
  value: (of: Observed) => number | null,
): Row => {
  const columns = new Columns();
  for (const one of observed) {
    const measured = one.probes === probes ? value(one) : null;
    if (measured !== null) columns.add(one.kind, measured);
  }
  return { figure, goal, columns: columns.values };
};

export const windowRow = (observed: readonly Observed[], probes: number, goal: string): Row =>
  rowOf({ figure: `window of ${probes}, ms`, goal, probes }, observed, ({ result }) => result.windowMs);

export const ratioRow = (observed: readonly Observed[], probes: number, goal: string): Row =>
  rowOf({ figure: `cycle over slowest probe, ${probes} targets`, goal, probes }, observed, ({ result }) => {
    const slowest = Math.max(...result.measured.map(({ totalMs }) => totalMs));
    return result.windowMs / slowest;
  });

/**
 * The delays that the target really added to one probe. It has no part in connecting, which the kernel does within
 * microseconds.
 */
const truth = (waits: TargetReport['waits'], name: string): Readonly<Record<BenchPhase, number>> => {
  const noted = waits[name];
  if (noted === undefined) throw new Error(`the target has not seen the probe of ${name}`);
  return { ...noted, connect: 0 };
};

const sum = (phases: Readonly<Record<BenchPhase, number>>): number =>
  benchPhases.reduce((total, phase) => total + phases[phase], 0);

export const totalErrorRow = (observed: readonly Observed[], probes: number, goal: string): Row =>
  rowOf({ figure: `error of the total, ${probes} at once, median, ms`, goal, probes }, observed, ({ result, waits }) =>
    median(result.measured.map(({ name, totalMs }) => Math.abs(totalMs - sum(truth(waits, name))))),
  );

export const phaseErrorRow = (observed: readonly Observed[], probes: number, phase: BenchPhase, goal: string): Row =>
  rowOf({ figure: `error of ${phase}, ${probes} at once, p95, ms`, goal, probes }, observed, ({ result, waits }) => {
    const errors = result.measured.flatMap((one) => phaseError(one, phase, waits));
    return errors.length === 0 ? null : quantile(errors, 0.95);
  });

const phaseError = (
  { name, phasesMs }: Measured,
  phase: BenchPhase,
  waits: TargetReport['waits'],
): readonly number[] => (phasesMs === null ? [] : [Math.abs(phasesMs[phase] - truth(waits, name)[phase])]);

/** The target's own lateness: the delay beyond what it was told to add. */
export const targetLatenessRow = (observed: readonly Observed[], probes: number): Row =>
  rowOf(
    { figure: `lateness of the target itself, ${probes} at once, p95 of its worst phase, ms`, goal: '', probes },
    observed,
    ({ waits }) =>
      quantile(
        Object.values(waits).map((noted) =>
          Math.max(
            ...(['resolve', 'tls', 'processing', 'transfer'] as const).map((phase) => noted[phase] - injected[phase]),
          ),
        ),
        0.95,
      ),
  );
