import type { Prober, ProberKind, Wave, WaveResult } from '../probers/prober.ts';
import type { Target } from '../target/target.ts';

/** The setup for measuring every figure. */
export interface Bench {
  readonly target: Target;
  readonly probers: readonly ProberKind[];
  readonly runs: number;
}

/** Waves before measuring: they compile the code, open a scrape's connections and learn the cost of a probe. */
const warmUps = 6;

/** Sends a wave that must pass, and returns its measurements. */
export const sendWave = async (kind: ProberKind, prober: Prober, wave: Wave): Promise<WaveResult> => {
  const result = await prober.send(wave);
  const failed = result.measured.filter(({ passed }) => !passed).length;
  if (failed > 0) throw new Error(`${kind.name}: ${failed} of ${wave.probes} probes failed`);
  return result;
};

export const warm = async (kind: ProberKind, prober: Prober, wave: Wave): Promise<void> => {
  for (let i = 0; i < warmUps; i += 1) await sendWave(kind, prober, wave);
};

/** Runs work with all probers started, and stops them afterwards. */
export const withProbers = async <T>(
  { target, probers }: Bench,
  oneCore: boolean,
  work: (started: readonly (readonly [ProberKind, Prober])[]) => Promise<T>,
): Promise<T> => {
  const started: [ProberKind, Prober][] = [];
  try {
    for (const kind of probers) started.push([kind, await kind.start(target, oneCore)]);
    return await work(started);
  } finally {
    await Promise.all(started.map(([, prober]) => prober.close()));
  }
};

/** The values of all runs by prober, collected one at a time. */
export class Columns {
  readonly #values = new Map<string, number[]>();

  add({ name }: Pick<ProberKind, 'name'>, value: number): void {
    const values = this.#values.get(name) ?? [];
    values.push(value);
    this.#values.set(name, values);
  }

  get values(): Readonly<Record<string, readonly number[]>> {
    return Object.fromEntries(this.#values);
  }
}
