import type { PathHop } from '../model/incident.ts';
import { hopLabels } from '../platform/hops.ts';
import { firstFitting } from './fitting.ts';
import { hopWords } from './hops.ts';

/**
 * The request path on one line. Adjacent hops in the same state are joined, as in `✓ DNS to proxy route`. If the line
 * is too long, the hops behind the broken one are cut first.
 */
export const shortPath = (path: readonly PathHop[], width: number): string | null => {
  if (path.length === 0) return null;
  const runs = runsOf(path);
  const last = runs.findLastIndex(([{ state }]) => state === 'broken' || state === 'suspect');
  const first = runs.findIndex(([{ state }]) => state === 'broken' || state === 'suspect');
  const all = ['client', ...runs.map(runWords)];
  const toLast = all.slice(0, last + 2);
  return firstFitting(width, [
    all.join('  '),
    all.join(' '),
    [...toLast, '…'].join('  '),
    [...toLast, '…'].join(' '),
    ['…', ...toLast.slice(first + 1), '…'].join(' '),
    ['…', ...toLast.slice(first + 1, first + 2), '…'].join(' '),
  ]);
};

type Run = readonly [PathHop, ...PathHop[]];

/** A broken hop is never joined. Unseen hops are alike whether they lie before or behind it. */
const isAlike = (a: PathHop, b: PathHop): boolean =>
  a.state === 'works' ? b.state === 'works' : isUnknown(a) && isUnknown(b);

const isUnknown = ({ state }: PathHop): boolean => state === 'unseen' || state === 'not-reached';

const runsOf = (path: readonly PathHop[]): readonly Run[] => {
  const runs: [PathHop, ...PathHop[]][] = [];
  for (const hop of path) {
    const run = runs.at(-1);
    if (run !== undefined && isAlike(run[0], hop)) run.push(hop);
    else runs.push([hop]);
  }
  return runs;
};

const runWords = ([first, ...more]: Run): string => {
  const last = more.at(-1);
  return last === undefined ? hopWords(first) : `${hopWords(first)} to ${hopLabels[last.hop]}`;
};
