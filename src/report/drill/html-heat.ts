import type { Drill } from '../../model/drill.ts';
import { percent } from '../../wording/probability.ts';
import { columns, type HeatCell, type HeatRow, heatRows, hopOf } from './heat.ts';
import { html } from './html-text.ts';

/** Cells below this share stay blank. */
const shown = 0.005;

/** From this share on, the text needs another colour to stand out. */
const full = 0.55;

/** Injected against named, as a table that reads as a map. */
export const heatMap = (drill: Drill): string => {
  const rows = heatRows(drill);
  return `<div class="wide" role="region" aria-label="What was injected, and what was named" tabindex="0"><table class="map">
<caption class="unseen">What was injected (rows) against what was named (columns): mean share of the probability, in percent</caption>
<thead><tr><th></th><th></th>${columns.map(head).join('')}</tr></thead>
<tbody>
${rows.map((row, index) => rowOf(row, rows, index)).join('\n')}
</tbody></table></div>`;
};

/** The last column of a hop. */
const isEdge = (column: string): boolean =>
  hopOf(columns[columns.indexOf(column) + 1] ?? '') !== hopOf(column) || column === columns.at(-1);

const head = (column: string): string => {
  const hop = hopOf(column);
  return `<th scope="col" title="${html(hop === '' ? column : `${column}: breaks at ${hop}`)}"><span class="up">${html(column)}</span></th>`;
};

const rowOf = (row: HeatRow, rows: readonly HeatRow[], index: number): string => {
  const isFirst = rows[index - 1]?.group !== row.group;
  const places = [...(isFirst ? ['first'] : []), ...(rows[index + 1]?.group === row.group ? [] : ['last'])];
  const size = rows.filter(({ group }) => group === row.group).length;
  const hop = isFirst ? `<th scope="rowgroup" class="hop" rowspan="${size}">${html(row.group)}</th>` : '';
  const injected = row.injected.map(({ id, title }) => `${id}: ${title}`).join('\n');
  return `<tr class="${places.join(' ')}">${hop}<th scope="row" class="name" title="${html(injected)}">${html(row.label)}</th>${row.cells.map((cell) => cellOf(cell, row)).join('')}</tr>`;
};

const cellOf = ({ column, mass, isTruth, tied }: HeatCell, { label }: HeatRow): string => {
  const isSeen = mass >= shown;
  const classes = [
    ...(column === columns[0] ? ['start'] : []),
    ...(isEdge(column) ? ['edge'] : []),
    ...(isTruth ? ['expected'] : []),
    ...(isSeen ? [isTruth ? 'truth' : 'other'] : []),
    ...(mass >= full ? ['full'] : []),
    ...(tied ? ['tied'] : []),
  ];
  const attributes = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
  if (!isSeen && !isTruth) return `<td${attributes}></td>`;
  const title = `${label} → ${column}: ${percent(mass)}${tied ? ', in a declared tie' : ''}`;
  // The lightest shade must stay visible.
  const shade = Math.round(10 + mass * 85);
  return `<td${attributes} style="--mass:${shade}%" title="${html(title)}">${isSeen ? Math.round(mass * 100) : ''}</td>`;
};
