import { registrationHost } from '../platform/flow-steps.ts';
import { type Markup, markup } from '../report/markup.ts';
import { plainText } from '../wording/plain-text.ts';
import type { Bar } from './uptime.ts';
import { barCount, barMs, firstBarAt, type Run, shareWords, type Uptime } from './uptime.ts';

/** Units: a bar is one wide, and the strip is stretched to the width of the page. */
const height = 24;

/** The worse, the taller: distinguishable without colour. */
const heights: Readonly<Record<Bar, number>> = { ok: 9, degraded: 15, failed: 24, unknown: 4, gap: 0 };

const barWords: Readonly<Record<Bar, string>> = {
  ok: 'worked',
  degraded: 'degraded within',
  failed: 'failed within',
  unknown: 'not seen within',
  gap: 'no cycle within',
};

/** Periods named in words below a strip. */
const namedRuns = 4;

/** A row for a host or the registration flow: its name, its share of cycles without a failure, and its day. */
export const stripRow = (uptime: Uptime, nowMs: number): Markup => {
  const name = subjectName(uptime.subject);
  const loud = uptime.runs
    .filter(({ bar }) => bar === 'failed' || bar === 'degraded')
    .map((run) => runWords(run, nowMs));
  const named = [
    ...loud.slice(-namedRuns).toReversed(),
    ...(loud.length > namedRuns ? [`${loud.length - namedRuns} earlier ones`] : []),
  ].join('; ');
  const label = `${name}, last 24 hours: ${shareWords(uptime.share)} of ${uptime.cycles} cycles without a failure${named === '' ? '' : `; ${named}`}`;
  return markup`<li><div class="subject"><b>${name}</b><span class="share">${shareWords(uptime.share)}</span></div><svg class="strip" viewBox="0 0 ${barCount} ${height}" preserveAspectRatio="none" role="img" aria-label="${label}"><title>${label}</title>${uptime.runs.map((run) => rect(run, nowMs))}</svg>${named === '' ? null : markup`<p class="quiet small">${named}</p>`}</li>`;
};

const subjectName = (subject: string): string =>
  subject === registrationHost ? 'model registration' : plainText(subject);

const rect = (run: Run, nowMs: number): Markup | null => {
  const { bar, first, length } = run;
  if (bar === 'gap') return null;
  const tall = heights[bar];
  return markup`<rect class="bar-${bar}" x="${first}" y="${height - tall}" width="${length}" height="${tall}"><title>${runWords(run, nowMs)}</title></rect>`;
};

/** `failed within 02:45 to 03:15 UTC` */
const runWords = ({ bar, first, length }: Run, nowMs: number): string => {
  const from = firstBarAt(nowMs) + first * barMs;
  const to = Math.min(nowMs, from + length * barMs);
  const time = (at: number): string => new Date(at).toISOString().slice(11, 16);
  return `${barWords[bar]} ${time(from)} to ${time(to)} UTC`;
};

/** Hours below the strips. */
export const hourScale = (nowMs: number): Markup => {
  const from = firstBarAt(nowMs);
  const hours = [0, 6, 12, 18].map((hour) => new Date(from + hour * 3_600_000).toISOString().slice(11, 16));
  return markup`<div class="scale quiet small" aria-hidden="true">${hours.map((hour) => markup`<span>${hour}</span>`)}<span>now</span></div>`;
};
