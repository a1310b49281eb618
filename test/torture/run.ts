import { Random } from '../fuzz/random.ts';
import { isPossible, torture } from './cases.ts';
import type { Lane } from './lane.ts';
import { actions, type Injection } from './points.ts';

export interface Finding {
  readonly plan: readonly Injection[];
  readonly what: readonly string[];
}

/** Each point with each action. */
export const singles = (points: readonly string[]): readonly (readonly Injection[])[] =>
  points.flatMap((point) => actions.flatMap((action) => (isPossible({ point, action }) ? [[{ point, action }]] : [])));

const at = (place: number): [number, number] => [place, place + 1];

/** A random sample of two faults in one cycle. */
export const pairs = (points: readonly string[], count: number, seed: number): readonly (readonly Injection[])[] => {
  const random = new Random(seed);
  const all = singles(points).flat();
  const any = (): readonly Injection[] => all.slice(...at(random.below(all.length)));
  return Array.from({ length: count }, () => [...any(), ...any()]);
};

/** Runs a cycle for each plan, and returns those in which something went wrong. */
export const runAll = async (
  lanes: readonly Lane[],
  plans: readonly (readonly Injection[])[],
  onDone: (done: number, finding: Finding | null) => void = () => undefined,
): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  const waiting = [...plans];
  let done = 0;
  const work = async (lane: Lane): Promise<void> => {
    for (let plan = waiting.shift(); plan !== undefined; plan = waiting.shift()) {
      const what = await torture(lane, plan);
      const finding = what.length > 0 ? { plan, what } : null;
      if (finding !== null) findings.push(finding);
      done += 1;
      onDone(done, finding);
    }
  };
  await Promise.all(lanes.map(work));
  return findings;
};
