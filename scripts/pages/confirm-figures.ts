import { readFile } from 'node:fs/promises';
import { hypothesisIds } from '../../src/platform/hypotheses.ts';
import {
  confirmedWrongly,
  isConfirmed,
  isDecided,
  isTie,
  type Measured,
  refutedWrongly,
} from '../../test/confirm/measured.ts';
import { table } from './markdown.ts';

/** As scripts/confirm-figures.ts has measured it. */
export const confirmFiguresFile = new URL('confirm-figures.json', import.meta.url);

interface Figures {
  readonly sandbox: readonly Measured[];
  readonly evidence: readonly Measured[];
}

const count = (all: readonly Measured[], is: (one: Measured) => boolean): number => all.filter(is).length;

const sums = (all: readonly Measured[]): readonly string[] => {
  const ties = all.filter(isTie);
  return [
    String(all.length),
    String(ties.length),
    String(count(ties, isDecided)),
    String(count(all, isConfirmed)),
    String(count(all, refutedWrongly)),
    String(count(all, confirmedWrongly)),
    all.length === 0 ? '' : String(Math.max(...all.map(({ calls }) => calls))),
  ];
};

const about = (id: string, all: readonly Measured[]): readonly Measured[] =>
  all.filter(({ causes }) => causes[0] === id);

/** What AWS decides, for each hypothesis that is the cause of a fault. */
export const figuresLines = async (): Promise<readonly string[]> => {
  const { sandbox, evidence } = JSON.parse(await readFile(confirmFiguresFile, 'utf8')) as Figures;
  const all = [...sandbox, ...evidence];
  const rows = hypothesisIds
    .filter((id) => about(id, all).length > 0)
    .map((id) => [`[${id}](hypotheses.md#${id})`, ...sums(about(id, all))]);
  return [
    ...table(
      [
        'cause',
        'cases',
        'ties',
        'ties decided',
        'cause confirmed',
        'cause refuted',
        'other confirmed',
        'calls at most',
      ],
      [
        ...rows,
        ['**sandbox**', ...sums(sandbox)],
        ['**recorded reports**', ...sums(evidence)],
        ['**all**', ...sums(all)],
      ],
    ),
  ];
};
