import type { PathHop } from '../model/incident.ts';
import { hopLabels } from '../platform/hops.ts';
import { type ShownState, shownState } from '../wording/hops.ts';
import { wrapped } from '../wording/plain-text.ts';
import { Markup, markup } from './markup.ts';
import { inkOf, type Paints, paintsOf, type Theme } from './path-colors.ts';

export interface PathSvgOptions {
  readonly theme: Theme;
  /** Units of the picture, which are pixels if it is not scaled. At 600, a path of twelve hops takes two rows. */
  readonly width: number;
  /** The start of the requests; broken when the prober reaches nothing. */
  readonly client?: ShownState;
}

interface Stop {
  readonly label: string;
  readonly state: ShownState;
}

interface Row {
  readonly stops: readonly Stop[];
  /** The last stop of the row above. */
  readonly before: Stop | undefined;
  /** The first stop of the row below. */
  readonly after: Stop | undefined;
  readonly y: number;
  /** Between two stops. */
  readonly step: number;
}

/** Any narrower, and the words of two labels would touch. */
const stopWidth = 68;
const radius = 11;
const labelTop = 32;
const lineHeight = 14;
/** Characters in 12-unit type that fit under a stop. */
const labelLetters = 8;

const stateWords: Readonly<Record<ShownState, string>> = {
  works: 'works',
  broken: 'broken',
  partly: 'partly broken',
  suspect: 'may be broken',
  unseen: 'not seen',
  'not-reached': 'not reached',
};

/**
 * The request path as a self-contained picture: no script, no `<use>` or other reference, and a text alternative. With
 * a single theme it needs no style sheet, for places that strip them.
 */
export const pathSvg = (path: readonly PathHop[], { theme, width, client = 'works' }: PathSvgOptions): string => {
  const paints = paintsOf(theme);
  const stops: readonly Stop[] = [
    { label: 'client', state: client },
    ...path.map((one) => ({ label: hopLabels[one.hop], state: shownState(one) })),
  ];
  const rows = inRows(stops, Math.max(2, Math.floor(width / stopWidth)));
  const perRow = Math.max(...rows.map((row) => row.length));
  const step = width / perRow;
  let top = 4;
  const drawn = rows.map((stops, index) => {
    const y = top + radius + 4;
    const row: Row = { stops, before: rows[index - 1]?.at(-1), after: rows[index + 1]?.[0], y, step };
    const lines = Math.max(...stops.map(({ label }) => labelLines(label).length));
    top += labelTop + lines * lineHeight + 12;
    return markup`${stops.map((stop, i) => link(stop, i, row, paints))}${stops.map((stop, i) => drawStop(stop, (i + 0.5) * step, y, paints))}`;
  });
  const words = `Request path: ${stops.map(({ label, state }) => `${label} ${stateWords[state]}`).join(', ')}`;
  const style = paints.style === '' ? null : markup`<style>${new Markup(paints.style)}</style>`;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img" aria-label="${words}" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="12"><title>${words}</title>${style}${drawn}</svg>`
    .text;
};

/** As few rows as possible, of nearly equal length. */
const inRows = (stops: readonly Stop[], most: number): readonly (readonly Stop[])[] => {
  const count = Math.ceil(stops.length / most);
  const length = Math.ceil(stops.length / count);
  return Array.from({ length: count }, (_, row) => stops.slice(row * length, (row + 1) * length));
};

const isBroken = (state: ShownState | undefined): boolean =>
  state === 'broken' || state === 'partly' || state === 'suspect';

/**
 * The link to a stop, dotted if no request was seen crossing it. A row's first link starts at its left edge, and the
 * previous row ends with a link to its right edge.
 */
const link = ({ state }: Stop, index: number, { stops, y, step, ...beside }: Row, paints: Paints): Markup => {
  const before = stops[index - 1] ?? beside.before;
  const follows = beside.after;
  const x = (index + 0.5) * step;
  const gap = radius + 5;
  const line = (from: number, to: number, gone: boolean): Markup =>
    markup`<line x1="${round(from)}" y1="${y}" x2="${round(to)}" y2="${y}" ${paint(paints.stroke(gone ? 'text' : 'quiet'))} stroke-width="1.5" ${paint(gone ? 'opacity="0.45"' : 'stroke-dasharray="2 4"')}/>`;
  const goes = (from: ShownState | undefined, to: ShownState): boolean =>
    !isBroken(from) && (to === 'works' || isBroken(to));
  const left = index === 0 ? 0 : x - step + gap;
  return markup`${before === undefined ? null : line(left, x - gap, goes(before.state, state))}${
    follows !== undefined && index === stops.length - 1
      ? line(x + gap, (index + 1) * step, goes(state, follows.state))
      : null
  }`;
};

const drawStop = ({ label, state }: Stop, x: number, y: number, paints: Paints): Markup => {
  const loud = isBroken(state);
  const ink = inkOf[state];
  const text = labelLines(label).map(
    (line, index) =>
      markup`<tspan x="${round(x)}" y="${y + labelTop - radius + 9 + index * lineHeight}">${line}</tspan>`,
  );
  return markup`<g><title>${label}: ${stateWords[state]}</title>${sign(state, x, y, paints)}<text text-anchor="middle" ${paint(paints.fill(loud ? ink : state === 'works' ? 'text' : 'quiet'))} ${paint(loud ? 'font-weight="700"' : '')}>${text}</text></g>`;
};

/** Distinguishable without colour: filled with a tick, filled with a cross, a ring with a question mark, an empty ring. */
const sign = (state: ShownState, x: number, y: number, paints: Paints): Markup => {
  const at = (size: number, attributes: string): Markup =>
    markup`<circle cx="${round(x)}" cy="${y}" r="${size}" ${paint(attributes)}/>`;
  const stroke = (d: string, attributes: string): Markup =>
    markup`<path d="${d}" transform="translate(${round(x)} ${y})" fill="none" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" ${paint(attributes)}/>`;
  const ring = (inkName: 'quiet' | 'suspect', dashes: string): Markup =>
    at(radius - 1, `fill="none" stroke-width="2" ${dashes} ${paints.stroke(inkName)}`);
  switch (state) {
    case 'works':
      return markup`${at(radius, paints.fill('works'))}${stroke('M-4.5 0.5 L-1.5 3.5 L4.5 -3.5', paints.stroke('sign'))}`;
    case 'broken':
      return markup`${at(radius + 4, paints.fill('halo'))}${at(radius, paints.fill('broken'))}${stroke('M-3.8 -3.8 L3.8 3.8 M3.8 -3.8 L-3.8 3.8', paints.stroke('sign'))}`;
    case 'partly':
      return markup`${ring('suspect', '')}${stroke('M0 -5 L0 1 M0 4.8 L0 5', paints.stroke('suspect'))}`;
    case 'suspect':
      return markup`${ring('suspect', '')}${stroke(question, paints.stroke('suspect'))}`;
    case 'unseen':
      return markup`${ring('quiet', '')}${stroke(question, paints.stroke('quiet'))}`;
    case 'not-reached':
      return ring('quiet', 'stroke-dasharray="2.5 3.5"');
  }
};

const question = 'M-2.6 -2.6 C-2.6 -6.4 3.2 -6 2.6 -2.4 C2.2 -0.6 0 -0.4 0 1.6 M0 4.8 L0 5';

const labelLines = (label: string): readonly string[] => wrapped(label.split(' '), ' ', labelLetters);

/** Our own attributes, which are already markup. */
const paint = (attributes: string): Markup => new Markup(attributes);

const round = (value: number): number => Math.round(value * 10) / 10;
