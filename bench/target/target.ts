/** The delays that the target adds, in milliseconds. */
export const injected = { resolve: 20, connect: 0, tls: 30, processing: 100, transfer: 50 } as const;

export type BenchPhase = keyof typeof injected;
export const benchPhases = [
  'resolve',
  'connect',
  'tls',
  'processing',
  'transfer',
] as const satisfies readonly BenchPhase[];

export interface TargetPorts {
  readonly dns: number;
  readonly https: number;
  readonly http: number;
  readonly report: number;
}

/** The target's records since the previous report. */
export interface TargetReport {
  /** Its CPU time since it started. */
  readonly cpuMs: number;
  /** How long it really made each name's probe wait, in milliseconds, by its own clock. */
  readonly waits: Readonly<Record<string, Omit<Readonly<Record<BenchPhase, number>>, 'connect'>>>;
}

/** The server that is probed. */
export interface Target {
  readonly language: string;
  readonly ports: TargetPorts;
  /** Path of the CA certificate. */
  readonly caFile: string;
  report(): Promise<TargetReport>;
  close(): Promise<void>;
}

/** The name of one probe. The target identifies probes by it in DNS, TLS and HTTP. */
export const nameOf = (index: number): string => `p${index}.bench.test`;
