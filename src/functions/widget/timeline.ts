import type { IncidentView, Severity } from '../../model/incident.ts';
import { severities } from '../../model/severities.ts';
import { type Markup, markup } from '../../report/markup.ts';
import { lasting } from '../../wording/time.ts';
import type { Look } from './asked.ts';
import { widgetLimits } from './limits.ts';
import { lineColor, quietColor, severityColor } from './styles.ts';
import { clock, nameOf } from './words.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const laneHeight = 20;
const barHeight = 12;
/** Pixels for the names of the severities. */
const left = 62;

/** Incidents over time, one lane per severity. An open one is drawn up to the last cycle that saw it. */
export const timeline = (
  views: readonly IncidentView[],
  { theme, width, range }: Look,
  now: number,
  seenAt: number,
): Markup => {
  const { from, to } = range ?? { from: now - widgetLimits.rangeMs, to: now };
  const shown = views
    .filter((view) => Date.parse(view.startedAt) <= to && endOf(view, seenAt) >= from)
    .slice(0, widgetLimits.shownBars);
  const span = `${clock(new Date(from).toISOString(), now)} to ${clock(new Date(to).toISOString(), now)}`;
  const title = `Incidents of the last ${to - from === day ? '24 h' : lasting(to - from)}, by UTC`;
  const heading = to >= now - minute ? title : `Incidents from ${span}`;
  if (shown.length === 0) return markup`<section><h2>${heading}</h2><p class="quiet">none</p></section>`;
  const lanes = severities.filter((severity) => shown.some((view) => view.severity === severity));
  const x = (at: number): number =>
    left + ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * (width - left - 8);
  const height = lanes.length * laneHeight + 20;
  const words = `Incidents, ${span}: ${shown.map((view) => barWords(view, seenAt)).join('; ')}`;
  return markup`<section><h2>${heading}</h2><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${words}" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="12"><title>${words}</title>${ticks(
    from,
    to,
  ).map(
    (at) =>
      markup`<line x1="${round(x(at))}" y1="0" x2="${round(x(at))}" y2="${height - 16}" stroke="${lineColor(theme)}"/><text x="${round(x(at))}" y="${height - 3}" text-anchor="${anchor(x(at), width)}" fill="${quietColor(theme)}">${tickWords(at, to - from)}</text>`,
  )}${lanes.map((severity, lane) => drawLane(severity, lane, { shown, x, theme, seenAt }))}</svg></section>`;
};

const endOf = ({ resolvedAt }: IncidentView, seenAt: number): number =>
  resolvedAt === null ? seenAt : Date.parse(resolvedAt);

interface Drawing {
  readonly shown: readonly IncidentView[];
  /** Unix time in milliseconds to pixels. */
  readonly x: (at: number) => number;
  readonly theme: Look['theme'];
  /** End of the bars of open incidents: Unix time, ms. */
  readonly seenAt: number;
}

const drawLane = (severity: Severity, lane: number, { shown, x, theme, seenAt }: Drawing): Markup => {
  const y = lane * laneHeight + (laneHeight - barHeight) / 2;
  const color = severityColor(severity, theme);
  const bars = shown
    .filter((view) => view.severity === severity)
    .map((view) => {
      const begin = x(Date.parse(view.startedAt));
      const length = Math.max(3, x(endOf(view, seenAt)) - begin);
      return markup`<rect x="${round(begin)}" y="${y}" width="${round(length)}" height="${barHeight}" rx="2" fill="${color}"><title>${barWords(view, seenAt)}</title></rect>`;
    });
  return markup`<text x="0" y="${y + 10}" fill="${color}">${severity}</text>${bars}`;
};

const barWords = (view: IncidentView, seenAt: number): string => {
  const lasted = lasting(endOf(view, seenAt) - Date.parse(view.startedAt));
  return `${nameOf(view.id)}, ${view.severity}, ${view.resolvedAt === null ? `open for ${lasted}` : `lasted ${lasted}`}`;
};

const steps = [5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day];

/** A handful of ticks at whole hours, days and so on. */
const ticks = (from: number, to: number): readonly number[] => {
  const step = steps.find((one) => (to - from) / one <= 6) ?? 7 * day;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step);
};

const tickWords = (at: number, spanMs: number): string => {
  const iso = new Date(at).toISOString();
  return spanMs > 3 * day ? iso.slice(5, 10) : iso.slice(11, 16);
};

const anchor = (x: number, width: number): string => (x > width - 30 ? 'end' : x < left + 20 ? 'start' : 'middle');

const round = (value: number): number => Math.round(value * 10) / 10;
