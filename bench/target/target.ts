/** What the target inflicts, in milliseconds. */
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

/** What the target noted since the report before. */
export interface TargetReport {
  /** Processor time that it has taken since it began. */
  readonly cpuMs: number;
  /** How long it really made the probe of each name wait, in milliseconds, by its own clock. */
  readonly waits: Readonly<Record<string, Omit<Readonly<Record<BenchPhase, number>>, 'connect'>>>;
}

/** The server that is probed. */
export interface Target {
  readonly language: string;
  readonly ports: TargetPorts;
  /** Path of the authority's certificate. */
  readonly caFile: string;
  report(): Promise<TargetReport>;
  close(): Promise<void>;
}

/** The name of one probe; the target tells them apart by it, in the DNS, in TLS and in HTTP. */
export const nameOf = (index: number): string => `p${index}.bench.test`;
