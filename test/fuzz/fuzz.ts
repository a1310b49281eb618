import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Outcome } from '../../src/model/report.ts';
import { type Input, readCorpus } from './corpus.ts';
import { fuzzLimits, type Lane, type Protocol } from './harness.ts';
import { canaries, violations } from './invariants.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { reportViolations } from './reports.ts';

/** Attempts at the same time. Most of them wait. */
const lanes = 8;

/** A healthy target is probed once in so many inputs. */
const perNeighbour = 10;

/** The outcomes are rendered as a report once in so many inputs. */
const perReport = 500;

/** An attempt that takes this much longer than its limit hangs, on the busiest machine. */
const hangMs = fuzzLimits.totalMs + 60_000;

/** Bytes that the process may keep after warming up: caches and pools. */
const growthLimitBytes = 64 * 1024 * 1024;

/** Bytes in use at the same time, garbage included: far below the memory of the Lambda function. */
const peakLimitBytes = 192 * 1024 * 1024;

/** Findings after which a run ends. */
const mostFindings = 10;

/** Inputs until caches, pools and compiled code have their size. */
const warmUp = 300;

interface Finding {
  readonly what: string;
  /** The seed's number of the input, or the corpus file. */
  readonly input: string;
  /** The bytes that the server sent, in base64. */
  readonly bytes: string;
}

export interface Fuzzed {
  readonly inputs: number;
  /** How often each outcome was seen. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  readonly seed: number;
  readonly seconds: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const usedBytes = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const heldBytes = (): number => {
  collect();
  return usedBytes();
};

const withLimit = async <T>(work: Promise<T>, what: string): Promise<T> => {
  const stop = Promise.withResolvers<never>();
  const timer = setTimeout(() => stop.reject(new Error(what)), hangMs);
  return Promise.race([work, stop.promise]).finally(() => clearTimeout(timer));
};

const messageOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** The whole key, where a mutation did not tear it, and at a random place. */
const withCanary = (bytes: Buffer, random: Random): Buffer => {
  if (random.chance(30)) return bytes;
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(canaries)), bytes.subarray(at)]);
};

/** Sends the corpus, then mutations of it until the time is up. */
export const fuzz = async (name: string, protocol: Protocol, { seed, seconds }: FuzzOptions): Promise<Fuzzed> => {
  const corpus = await readCorpus(protocol.corpus ?? name);
  const others = corpus.map(({ bytes }) => bytes) as [Buffer, ...Buffer[]];
  const outcomes: Record<string, number> = {};
  const findings: Finding[] = [];
  const until = performance.now() + seconds * 1_000;
  const atFirst = heldBytes();
  let inputs = 0;
  let heldAtFirst: number | null = null;

  /** The last outcome of each kind. */
  const kept = new Map<string, Outcome>();
  const count = (outcome: Outcome): void => {
    const { status, failureMode, evidence } = outcome;
    const seen = [status, failureMode, evidence.code].filter((part) => part !== null && part !== undefined).join(' ');
    outcomes[seen] = (outcomes[seen] ?? 0) + 1;
    kept.set(seen, outcome);
  };
  const send = async (lane: Lane, bytes: Buffer, random: Random, input: string): Promise<void> => {
    const note = (what: string): number => findings.push({ what, input, bytes: bytes.toString('base64') });
    try {
      const outcome = await withLimit(lane.probe(bytes, random), 'the attempt hangs');
      count(outcome);
      for (const what of violations(outcome)) note(what);
      if (usedBytes() > atFirst + peakLimitBytes) note(`${usedBytes()} bytes in use`);
    } catch (error) {
      note(messageOf(error));
    }
  };
  const next = (): { readonly bytes: Buffer; readonly random: Random; readonly input: string } => {
    inputs += 1;
    const number = inputs;
    const random = new Random(seed, number);
    const kept: Input | undefined = corpus[number - 1];
    if (kept !== undefined) return { bytes: kept.bytes, random, input: kept.name };
    const bytes = mutate(random.pick(corpus).bytes, random, { words: protocol.words, others });
    const whole = withCanary(bytes, random);
    const mended = random.chance(70) ? (protocol.mend?.(whole) ?? whole) : whole;
    return { bytes: mended, random, input: `number ${number}` };
  };

  const report = async (): Promise<void> => {
    for (const what of await reportViolations([...kept.values()]))
      findings.push({ what, input: `about number ${inputs}`, bytes: '' });
  };
  const neighbour = await protocol.openNeighbour();
  const askNeighbour = async (): Promise<void> => {
    const outcome = await withLimit(neighbour.probe(Buffer.alloc(0), new Random(seed)), 'the neighbour hangs');
    if (outcome.status !== 'pass')
      findings.push({ what: `the neighbour: ${JSON.stringify(outcome)}`, input: `about number ${inputs}`, bytes: '' });
  };
  let asking: Promise<void> = Promise.resolve();
  const runLane = async (): Promise<void> => {
    const lane = await protocol.openLane();
    while (findings.length < mostFindings && (inputs < corpus.length || performance.now() < until)) {
      const { bytes, random, input } = next();
      await send(lane, bytes, random, input);
      if (inputs % perNeighbour === 0) asking = asking.then(askNeighbour);
      if (inputs % perReport === 0) await report();
      if (inputs >= warmUp) heldAtFirst ??= heldBytes();
    }
    await withLimit(lane.close(), 'the prober leaves a connection open');
  };
  await Promise.all(Array.from({ length: lanes }, runLane));
  await asking;
  await report();
  await neighbour.close();
  const grown = heldAtFirst === null ? 0 : heldBytes() - heldAtFirst;
  if (grown > growthLimitBytes) findings.push({ what: `the memory grew by ${grown} bytes`, input: 'all', bytes: '' });
  return { inputs, outcomes, findings };
};
