import type { Drill, PairVerdict } from '../../model/drill.ts';
import { html } from './html-text.ts';
import { type PairCell, pairMap } from './pair-map.ts';
import { answerWords, pairWords } from './words.ts';

const marks: Readonly<Record<PairVerdict, string>> = { both: '', one: '', none: '', hidden: '', 'not-applicable': '×' };

/** Whether both hypotheses of a pair are named. Each pair appears once, so the map is a triangle. */
export const pairTable = (drill: Drill): string => {
  const { ids, rows } = pairMap(drill);
  const line = (id: string, cells: readonly (PairCell | null)[]): string =>
    `<tr><th scope="row" class="name">${html(id)}</th>${cells.map((cell, index) => cellOf(id, ids[index] ?? '', cell)).join('')}</tr>`;
  // In a triangle, the first row has no cells and the last column does not exist.
  return `<div class="wide"><table class="map pairs">
<caption class="unseen">Pairs of faults: whether both are named</caption>
<tbody>
${rows.flatMap((cells, index) => (index === 0 ? [] : [line(ids[index] ?? '', cells)])).join('\n')}
</tbody>
<tfoot><tr><th></th>${ids
    .slice(0, -1)
    .map((id) => `<th scope="col"><span class="up">${html(id)}</span></th>`)
    .join('')}</tr></tfoot></table></div>`;
};

const cellOf = (row: string, column: string, cell: PairCell | null): string => {
  if (cell === null)
    return `<td class="same" title="${html(`${row} and ${column} break the same hop, or were not tried`)}"></td>`;
  const title = [
    `${row} and ${column}: ${pairWords[cell.verdict]}`,
    ...cell.pairs.map(
      ({ faults, answer, reason }) =>
        `${faults.join(' + ')} → ${answer === null ? (reason ?? '') : answerWords(answer)}`,
    ),
  ].join('\n');
  return `<td class="${cell.verdict}" title="${html(title)}">${marks[cell.verdict]}<span class="unseen">${pairWords[cell.verdict]}</span></td>`;
};

/** A legend that draws the cells as in the map. */
export const pairLegend = (drill: Drill): string => {
  const used = (Object.keys(pairWords) as PairVerdict[]).filter((verdict) =>
    drill.pairs.some((pair) => pair.verdict === verdict),
  );
  const items = used.map((verdict) => {
    const count = drill.pairs.filter((pair) => pair.verdict === verdict).length;
    return `<li><table class="map pairs"><tr><td class="${verdict}">${marks[verdict]}</td></tr></table>${pairWords[verdict]}: ${count}</li>`;
  });
  return `<ul class="legend">${items.join('')}</ul>`;
};
