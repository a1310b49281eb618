import type { Timings } from '../../model/observation.ts';
import type { Status } from '../../model/report.ts';
import { phaseWords, timedPhases, timingWords } from '../../wording/phases.ts';
import { duration } from '../../wording/time.ts';
import { type Markup, markup } from '../markup.ts';

/** Units across a bar, which fills the available width. */
const full = 1_000;
/** Keeps a phase of almost no time visible. */
const least = 4;

/** A request's phases in sequence, on a scale shared by all requests of the page. */
export const phaseBar = (timings: Timings, fullMs: number): Markup => {
  let x = 0;
  const parts = timedPhases.flatMap((phase) => {
    const ms = timings[phase];
    if (ms === null) return [];
    const from = x;
    const width = unitsOf(ms, fullMs);
    x += width;
    return [markup`<rect class="${phase}" x="${from}" y="0" width="${width}" height="10"/>`];
  });
  return picture(timingWords(timings), parts);
};

/** A step of the flow at its place on the flow's time scale. */
export const stepBar = (status: Status, fromMs: number, ms: number, fullMs: number): Markup =>
  picture(`after ${duration(fromMs)}, for ${duration(ms)}`, [
    markup`<rect class="step-${status}" x="${Math.min(unitsOf(fromMs, fullMs), full - least)}" y="0" width="${unitsOf(ms, fullMs)}" height="10"/>`,
  ]);

const picture = (words: string, parts: readonly Markup[]): Markup =>
  markup`<svg class="bar" viewBox="0 0 ${full} 10" preserveAspectRatio="none" role="img" aria-label="${words}"><title>${words}</title>${parts}</svg>`;

const unitsOf = (ms: number, fullMs: number): number => {
  const units = Math.round((ms / Math.max(fullMs, 1)) * full);
  return Number.isFinite(units) ? Math.min(full, Math.max(least, units)) : least;
};

export const legend = (fullMs: number): Markup =>
  markup`<p class="legend">${timedPhases.map((phase) => markup`<span><i class="${phase}"></i>${phaseWords[phase]}</span>`)}<span>a whole bar is ${duration(fullMs)}</span></p>`;
