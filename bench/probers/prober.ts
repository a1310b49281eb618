import type { BenchPhase, Target } from '../target/target.ts';

/** Probes of the target that start together. */
export interface Wave {
  readonly scheme: 'https' | 'http';
  /** `/`: the delayed response; `/large`: 512 MiB at once. */
  readonly path: '/' | '/large';
  readonly probes: number;
}

export interface Measured {
  readonly name: string;
  readonly passed: boolean;
  readonly totalMs: number;
  /** Null: this prober does not report these phases. */
  readonly phasesMs: Readonly<Record<BenchPhase, number>> | null;
}

export interface WaveResult {
  /** From the first start to the last result. */
  readonly windowMs: number;
  /** CPU time of the prober's process, all threads, user and system. */
  readonly cpuMs: number;
  readonly measured: readonly Measured[];
}

/** A prober in its own process. */
export interface Prober {
  send(wave: Wave): Promise<WaveResult>;
  /** Peak resident memory of the process so far. */
  peakMb(): Promise<number>;
  close(): Promise<void>;
}

export interface ProberKind {
  readonly name: string;
  /** False: it is a service, so its process is not started for a single check. */
  readonly hasFirstCycle: boolean;
  /** `oneCore`: the process is bound to one CPU. */
  start(target: Target, oneCore?: boolean): Promise<Prober>;
}

/** The start-up settings of a prober's process. */
export interface ProberSettings {
  readonly ports: Target['ports'];
  readonly caFile: string;
}

export type Question = { readonly ask: 'wave'; readonly wave: Wave } | { readonly ask: 'peak' };
