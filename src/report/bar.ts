import type { Timings } from '../platform/observation.ts';
import type { TimedPhase } from '../platform/phases.ts';

/** How each phase is drawn: a shade that is told apart without colour, and the word of the legend. */
const strokes: Readonly<Record<TimedPhase, { readonly glyph: string; readonly word: string }>> = {
  resolve: { glyph: '·', word: 'DNS' },
  connect: { glyph: '░', word: 'connect' },
  tls: { glyph: '▒', word: 'TLS' },
  processing: { glyph: '▓', word: 'waiting' },
  transfer: { glyph: '█', word: 'receiving' },
};

const order = Object.keys(strokes) as readonly TimedPhase[];

/** A bar of the phases, `width` characters for `fullMs`: each phase that took part shows at least once. */
export const bar = (timings: Timings, fullMs: number, width: number): string =>
  order
    .map((phase) => {
      const ms = timings[phase];
      if (ms === null) return '';
      return strokes[phase].glyph.repeat(Math.max(1, Math.round((ms / Math.max(fullMs, 1)) * (width - order.length))));
    })
    .join('');

export const legend: string = order.map((phase) => `${strokes[phase].glyph} ${strokes[phase].word}`).join('  ');
