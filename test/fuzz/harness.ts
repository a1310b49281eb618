import { defaultLimits, type Limits } from '../../src/model/limits.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { Random } from './random.ts';

/** Short, because a mutated response often leaves the prober waiting. */
export const fuzzLimits: Limits = {
  ...defaultLimits,
  resolveMs: 250,
  connectMs: 2_000,
  tlsMs: 400,
  transferMs: 300,
  totalMs: 1_500,
  decisiveMs: 1_500,
  bodyBytes: 32 * 1024,
};

/** So long that only a hang reaches it, on the busiest machine. */
export const patientLimits: Limits = {
  ...defaultLimits,
  resolveMs: 90_000,
  connectMs: 90_000,
  tlsMs: 90_000,
  transferMs: 90_000,
  totalMs: 90_000,
  slowMs: 90_000,
};

/** No cycle ends an attempt. */
export const endless = { cycleEndsAt: Number.POSITIVE_INFINITY } as const;

/** A server that sends whatever it is given, and a prober that asks it. One request at a time. */
export interface Lane {
  /** One attempt, judged, while the server sends these bytes. */
  probe(bytes: Buffer, random: Random): Promise<Outcome>;
  /** Fulfilled when the server has stopped and the prober holds no connection to it. */
  close(): Promise<void>;
}

export interface Protocol {
  /** Folder of the corpus. Left out: the protocol's name. */
  readonly corpus?: string;
  /** Words for the mutations. */
  readonly words: readonly [string, ...string[]];
  /** Mends what would hide the rest of a mutated input, such as its length. */
  readonly mend?: (bytes: Buffer) => Buffer;
  openLane(): Promise<Lane>;
  /** A healthy target, probed with limits that only a hang reaches. */
  openNeighbour(): Promise<Lane>;
}
