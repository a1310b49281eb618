import { createColors } from 'picocolors';
import { recordOf } from '../../model/cause-record.ts';
import type { Drill, PairResult, SingleResult } from '../../model/drill.ts';
import type { Judgement } from '../../model/incident.ts';
import { hypotheses, hypothesisIds } from '../../platform/hypotheses.ts';
import { few, plural } from '../../wording/count.ts';
import { recordWords } from '../../wording/judgement.ts';
import { cut, wrapped } from '../../wording/plain-text.ts';
import { percent } from '../../wording/probability.ts';
import type { Colors } from '../paint.ts';
import { labelOf, missedInPairs, noiseTroubles, singleTroubles, type Trouble } from './trouble.ts';
import { answerWords, faultWords, figureLines, headline, methodLines, singleWords } from './words.ts';

export interface DrillTextOptions {
  readonly color: boolean;
  /** Characters per line. */
  readonly width: number;
  /** Shows every injection with its diagnosis, not only the wrong ones. */
  readonly verbose: boolean;
  /** What people found about real incidents, beside which the priors are shown. */
  readonly judgements: readonly Judgement[];
}

/**
 * A drill as text: the figures in a sentence, what went wrong, the ties, all figures and, in the last line, whether the
 * promises hold.
 */
export const renderDrill = (drill: Drill, { color, width, verbose, judgements }: DrillTextOptions): string => {
  const colors = createColors(color);
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', colors.bold(title), ...lines.map((line) => cut(`  ${line}`, width))];
  return [
    colors.bold(
      `Hokusai drill · the platform of ${drill.generation} · ${whatRan(drill)} in ${minutes(drill.durationMs)}`,
    ),
    ...wrapped(headline(drill).split(' '), ' ', width),
    ...section('Not as promised', troubleLines(singleTroubles(drill), 'is ')),
    ...section('Pairs of which both show: what was not named', pairLines(drill)),
    ...section('Verdicts that noise changes', troubleLines(noiseTroubles(drill, false), '')),
    ...section(
      'Verdicts that a lost or slow request leaves in more doubt',
      troubleLines(noiseTroubles(drill, true), ''),
    ),
    ...section('Named besides what was injected', besideLines(drill)),
    ...section('Declared ties', tieLines(drill)),
    ...section('Unknown faults for which a known cause was named, without confidence', doubtLines(drill)),
    ...(verbose ? section('All injections', drill.singles.map(singleLine)) : []),
    ...(verbose ? section('All pairs', drill.pairs.map(pairLine)) : []),
    ...section(
      'Figures',
      figureLines(drill.figures).map(([what, figure]) => `${what.padEnd(62)} ${figure}`),
    ),
    ...section("Real incidents, by people's judgement", recordLines(judgements)),
    '',
    ...methodLines(drill).flatMap((line) => wrapped(line.split(' '), ' ', width).map(colors.dim)),
    '',
    ...drill.promises.map(({ promise, holds }) => `${holds ? colors.green('✓') : colors.red('✗')} ${promise}`),
    lastLine(drill, colors),
    '',
  ].join('\n');
};

/** The priors are made by hand; the record beside them says how they do. */
const recordLines = (judgements: readonly Judgement[]): readonly string[] =>
  hypothesisIds.flatMap((id) => {
    const record = recordWords(recordOf(id, judgements));
    return record === '' ? [] : [`${id.padEnd(30)} prior ${percent(hypotheses[id].prior)}; ${record}`];
  });

const whatRan = ({ singles, pairs, noise }: Drill): string =>
  [
    plural(singles.length, 'cycle'),
    ...(pairs.length === 0 ? [] : [plural(pairs.length, 'pair')]),
    `${(noise.tried.flaps + noise.tried.lost + noise.tried.slow).toLocaleString('en-US')} altered`,
  ].join(', ');

const minutes = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

const troubleLines = (troubles: readonly Trouble[], before: string): readonly string[] =>
  troubles.flatMap(({ done, truth, answered }) => [done, `    ${before}${truth} → ${answered}`]);

const pairLines = (drill: Drill): readonly string[] =>
  missedInPairs(drill).map(({ missed, beside }) => {
    const others = beside.map(({ causes }) => causes.find((cause) => cause !== missed) ?? missed);
    return `${missed} beside ${few(others, 6)} (${beside.length})`;
  });

const besideLines = ({ singles, pairs }: Drill): readonly string[] => {
  const all = [
    ...singles.map(({ fault, besides }) => ({ done: fault ?? '', besides })),
    ...pairs
      .filter(({ verdict }) => verdict !== 'hidden')
      .map(({ faults, besides }) => ({ done: faults.join(' + '), besides })),
  ].flatMap(({ done, besides }) => besides.map((fault) => ({ done, named: faultWords(fault) })));
  return [...Map.groupBy(all, ({ named }) => named)].map(
    ([named, where]) =>
      `${named} with ${few(
        where.map(({ done }) => done),
        3,
      )}`,
  );
};

const tieLines = ({ singles }: Drill): readonly string[] => {
  const ties = singles.flatMap(({ fault, verdict, causes, answer }) =>
    verdict !== 'in-tie'
      ? []
      : answer.faults
          .filter((group) => group.some((id) => causes.includes(id)))
          .map((group) => ({ fault: fault ?? '', members: faultWords(group.toSorted()) })),
  );
  return [...Map.groupBy(ties, ({ members }) => members)].map(
    ([members, of]) => `${members}: ${of.map(({ fault }) => fault).join(', ')}`,
  );
};

const doubtLines = ({ singles }: Drill): readonly string[] =>
  singles.filter(({ verdict }) => verdict === 'doubted').map((one) => `${labelOf(one)}: ${answerWords(one.answer)}`);

const singleLine = (one: SingleResult): string =>
  `${labelOf(one).padEnd(40)} ${singleWords[one.verdict].padEnd(24)} ${answerWords(one.answer)}`;

const pairLine = ({ faults, verdict, answer, reason }: PairResult): string =>
  `${faults.join(' + ').padEnd(66)} ${verdict.padEnd(14)} ${answer === null ? (reason ?? '') : answerWords(answer)}`;

const lastLine = ({ promises }: Drill, colors: Colors): string => {
  const broken = promises.filter(({ holds }) => !holds).length;
  return broken === 0
    ? colors.green(colors.bold(`all ${promises.length} promises hold`))
    : colors.red(colors.bold(`${broken} of ${promises.length} promises ${broken === 1 ? 'does' : 'do'} not hold`));
};
