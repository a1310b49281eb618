import type { BenchPhase, Target } from '../target/target.ts';

/** Probes of the target that are begun together. */
export interface Wave {
  readonly scheme: 'https' | 'http';
  /** `/`: the delayed answer; `/large`: 512 MiB at once. */
  readonly path: '/' | '/large';
  readonly probes: number;
}

export interface Measured {
  readonly name: string;
  readonly passed: boolean;
  readonly totalMs: number;
  /** Null: this prober has no such phases. */
  readonly phasesMs: Readonly<Record<BenchPhase, number>> | null;
}

export interface WaveResult {
  /** From the first start to the last result. */
  readonly windowMs: number;
  /** Processor time of the prober's process, all threads, user and system. */
  readonly cpuMs: number;
  readonly measured: readonly Measured[];
}

/** A prober that runs in a process of its own. */
export interface Prober {
  send(wave: Wave): Promise<WaveResult>;
  /** Greatest resident memory of the process so far. */
  peakMb(): Promise<number>;
  close(): Promise<void>;
}

export interface ProberKind {
  readonly name: string;
  /** False: it is a service, whose process is not begun for one check. */
  readonly hasFirstCycle: boolean;
  /** `oneCore`: the process is bound to one processor. */
  start(target: Target, oneCore?: boolean): Promise<Prober>;
}

/** What a prober's own process is told at its start. */
export interface ProberSettings {
  readonly ports: Target['ports'];
  readonly caFile: string;
}

export type Question = { readonly ask: 'wave'; readonly wave: Wave } | { readonly ask: 'peak' };
