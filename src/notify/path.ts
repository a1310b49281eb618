import type { PathHop } from '../model/incident.ts';
import { hopLabels } from '../platform/hops.ts';
import { hopWords } from '../wording/hops.ts';
import { firstFitting } from './words.ts';

/** The request path in one line: neighbours that are alike in a row as `✓ DNS to proxy route`; what lies further in goes first when it is too long. */
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

/** What is broken stands for itself. Of what nobody saw, it is the same whether it lies before or behind that. */
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
