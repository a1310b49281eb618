import type { Settings } from '../config/settings.ts';
import { recordOf } from '../model/cause-record.ts';
import type { Judgement } from '../model/incident.ts';
import { hopLabels } from '../platform/hops.ts';
import { type HypothesisId, hypotheses, hypothesisIds } from '../platform/hypotheses.ts';
import { runbooks } from '../platform/runbooks.ts';
import { answerLabels, explanationLabels } from '../wording/causes.ts';
import { recordWords } from '../wording/judgement.ts';
import { wrapped } from '../wording/plain-text.ts';
import { percent } from '../wording/probability.ts';
import { likenessOf } from './likeness.ts';
import { type PredictionGroup, predictionsOf } from './predictions.ts';

export const isHypothesis = (id: string): id is HypothesisId => Object.hasOwn(hypotheses, id);

/** Every hypothesis of the catalogue, in the order of the request path. */
export const listHypotheses = (): string => {
  const width = Math.max(...hypothesisIds.map((id) => id.length));
  return hypothesisIds.map((id) => `${id.padEnd(width)}  ${runbooks[id].title}\n`).join('');
};

/** The example for hypotheses about one host: the host with the most targets. */
const exampleHost = 'registry';

interface Explaining {
  /** Characters of a line. */
  readonly width: number;
  /** What people found about earlier incidents. */
  readonly judgements: readonly Judgement[];
}

/** A hypothesis with its predictions and the commands that confirm it. */
export const explainHypothesis = (
  id: HypothesisId,
  { targets, hosts }: Settings,
  { width, judgements }: Explaining,
): string => {
  const record = recordWords(recordOf(id, judgements));
  const { prior, hop, scope } = hypotheses[id];
  const { title, documents, confirm, remedy } = runbooks[id];
  const { yes, no } = answerLabels(runbooks[id]);
  const example = scope === 'platform' ? '' : `, if ${hosts[exampleHost]} is affected`;
  return [
    `${id}: ${title}`,
    `  broken: ${hopLabels[hop]}`,
    `  prior probability: ${percent(prior)} (${documents.length === 0 ? 'an estimate: no incident document names it' : `incident documents: ${documents.join(', ')}`})`,
    ...(record === '' ? [] : [`  record: ${record}`]),
    '',
    `  expected symptoms${example}:`,
    ...predictionsOf(id, exampleHost, targets).flatMap((group) => groupLines(group, width)),
    '',
    ...likenessLines(id, targets, width),
    '',
    '  to confirm:',
    ...confirm.flatMap(({ command, ifTrue, ifFalse }, index) => [
      `    ${index + 1}  ${command}`,
      ...paragraph(`${yes}: ${ifTrue}`, '       ', width),
      ...paragraph(`${no}: ${ifFalse}`, '       ', width),
    ]),
    '',
    ...paragraph(`${explanationLabels.fix}: ${remedy}`, '  ', width),
    '',
  ].join('\n');
};

const likenessLines = (id: HypothesisId, targets: Settings['targets'], width: number): readonly string[] => {
  const { same, near } = likenessOf(id, targets);
  return [
    ...paragraph(
      same.length === 0
        ? 'from outside, no other hypothesis looks the same'
        : `from outside, it can look the same as: ${same.join(', ')}`,
      '  ',
      width,
    ),
    ...near.flatMap((one) => paragraph(`told apart from ${one.id} by: ${one.by}`, '  ', width)),
  ];
};

const groupLines = ({ shows, parts }: PredictionGroup, width: number): readonly string[] => [
  ...paragraph(shows, '    ', width),
  ...parts.flatMap(({ host, names }) =>
    paragraph(`${host}: ${names === 'all' ? 'all' : names.join(', ')}`, '        ', width),
  ),
];

const paragraph = (text: string, indent: string, width: number): readonly string[] =>
  wrapped(text.split(' '), ' ', width - indent.length).map((line) => indent + line);
