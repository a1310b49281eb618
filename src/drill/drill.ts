import type { Drill, PairResult, SingleResult } from '../model/drill.ts';
import type { InjectedFault } from '../sandbox/faults/fault.ts';
import { faults } from '../sandbox/faults/faults.ts';
import { type GenerationName, generations } from '../sandbox/generations.ts';
import { answerOf } from './answer.ts';
import { looksLike } from './hidden.ts';
import { judgePair } from './judge-pair.ts';
import { judgeSingle } from './judge-single.ts';
import { type Base, tryNoise } from './noise.ts';
import type { Plan } from './plan.ts';
import { runAll } from './run.ts';
import type { Check, Checked, Injection, Trial } from './site.ts';
import { figuresOf, promisesOf } from './tally.ts';

export interface DrillOptions {
  readonly plan: Plan;
  readonly generation: GenerationName;
  /** Scale of the sandbox's waits: see sandbox/times.ts. */
  readonly pace: number;
  readonly check: Check;
  /** Aborts the drill; it then returns no result. */
  readonly stop: AbortSignal;
  /** Called after each step: steps done, steps in all, and what is counted. */
  readonly onProgress: (done: number, of: number, what: 'cycles' | 'cycles altered') => void;
}

/**
 * Measured on two cores. With four at once no event loop lags. With eight, every seventh cycle has to be repeated, and
 * the drill takes longer overall. One, four and six at once name the same faults for every single fault, and four and
 * six for every pair.
 */
const concurrency = 4;

/** Injects the plan's faults, has each cycle diagnosed and compares the diagnosis with what was injected. Null: aborted. */
export const runDrill = async ({
  plan,
  generation,
  pace,
  check,
  stop,
  onProgress,
}: DrillOptions): Promise<Drill | null> => {
  const startedAt = new Date();
  const began = performance.now();
  const healthy: readonly Injection[] = (Object.keys(generations) as GenerationName[]).map((each) => ({
    generation: each,
    faults: [],
  }));
  const alone: readonly Injection[] = [...healthy, ...plan.singles.map((id) => ({ generation, faults: [id] }))];
  const injections: readonly Injection[] = [...alone, ...plan.pairs.map((pair) => ({ generation, faults: pair }))];
  let done = 0;
  const ran = await runAll(injections, {
    pace,
    check,
    concurrency,
    stop,
    onTrial: () => {
      done += 1;
      onProgress(done, injections.length, 'cycles');
    },
  });
  if (stop.aborted) return null;
  const bases = alone.map((injection, index): Base => {
    const checked = mustHaveRun(injection, ran.trials[index]);
    return { fault: injection.faults[0] ?? null, generation: injection.generation, checked };
  });
  const byFault = new Map(bases.map(({ fault, checked }) => [fault, checked]));
  const singles = bases.map(singleResult);
  const pairs = plan.pairs.map((pair, index) => pairResult(pair, ran.trials[alone.length + index], byFault));
  let altered = 0;
  const noise = await tryNoise(
    bases,
    () => {
      altered += 1;
      onProgress(altered, bases.length, 'cycles altered');
    },
    stop,
  );
  if (stop.aborted) return null;
  const figures = figuresOf({ singles, pairs, noise });
  const namesOf = (indexes: readonly number[]): readonly string[] =>
    injections.filter((_, index) => indexes.includes(index)).map(titleOf);
  return {
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    durationMs: performance.now() - began,
    generation,
    pace,
    repeated: namesOf(ran.repeated),
    late: namesOf(ran.late),
    singles,
    pairs,
    noise,
    figures,
    promises: promisesOf(figures),
  };
};

const titleOf = ({ faults: injected, generation }: Injection): string =>
  injected.length === 0 ? `healthy platform of ${generation}` : injected.join(' + ');

/** @throws when a fault of the plan does not work alone: the drill then proves nothing. */
const mustHaveRun = (injection: Injection, trial: Trial | undefined): Checked => {
  if (trial?.kind === 'checked') return trial;
  throw new Error(`${titleOf(injection)} cannot be injected: ${trial?.reason ?? 'it was not tried'}`);
};

const healthyPlatform: Pick<InjectedFault, 'title' | 'causes' | 'shows'> = {
  title: 'nothing is broken',
  causes: [],
  shows: [],
};

const singleResult = ({ fault, generation, checked }: Base): SingleResult => {
  const { title, causes, shows } = fault === null ? healthyPlatform : (faults[fault] ?? healthyPlatform);
  const answer = answerOf(checked.report.diagnosis);
  return { fault, generation, title, causes, ...judgeSingle({ causes, canBeSeen: shows.length > 0 }, answer), answer };
};

const pairResult = (
  pair: readonly [string, string],
  trial: Trial | undefined,
  alone: ReadonlyMap<string | null, Checked>,
): PairResult => {
  const [first, second] = pair;
  const causesOf = (id: string): readonly string[] => faults[id]?.causes ?? [];
  const base = { faults: pair, causes: [causesOf(first)[0] ?? '', causesOf(second)[0] ?? ''] } as const;
  if (trial?.kind !== 'checked')
    return {
      ...base,
      verdict: 'not-applicable',
      named: [false, false],
      hidden: [false, false],
      besides: [],
      answer: null,
      reason: trial?.reason ?? 'it was not tried',
    };
  const isAs = (id: string): boolean => {
    const other = alone.get(id);
    return other !== undefined && looksLike(trial, other);
  };
  const answer = answerOf(trial.report.diagnosis);
  // A fault is hidden when the cycle looks the same as under the other fault alone.
  const judged = judgePair([causesOf(first), causesOf(second)], [isAs(second), isAs(first)], answer);
  return { ...base, ...judged, answer, reason: null };
};
