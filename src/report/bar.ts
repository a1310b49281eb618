import type { Timings } from '../model/observation.ts';
import type { TimedPhase } from '../model/phases.ts';
import { phaseWords, timedPhases } from '../wording/phases.ts';

/** The shade of each phase; distinguishable without colour. */
const glyphs: Readonly<Record<TimedPhase, string>> = {
  resolve: '·',
  connect: '░',
  tls: '▒',
  processing: '▓',
  transfer: '█',
};

/** A bar of the phases, `width` characters for `fullMs`. Each phase that ran takes at least one character. */
export const bar = (timings: Timings, fullMs: number, width: number): string =>
  timedPhases
    .map((phase) => {
      const ms = timings[phase];
      if (ms === null) return '';
      return glyphs[phase].repeat(Math.max(1, Math.round((ms / Math.max(fullMs, 1)) * (width - timedPhases.length))));
    })
    .join('');

export const legend: string = timedPhases.map((phase) => `${glyphs[phase]} ${phaseWords[phase]}`).join('  ');
