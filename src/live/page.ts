import { detailsParts } from '../functions/widget/details.ts';
import { framedBody, marks } from '../functions/widget/frame.ts';
import type { Headline } from '../functions/widget/headline.ts';
import { type Draw, overviewParts, type Remembered } from '../functions/widget/overview.ts';
import { listed } from '../incidents/by-hand.ts';
import { registrationHost } from '../platform/flow-steps.ts';
import { defaultHosts, hostRoles } from '../platform/hosts.ts';
import { timelineOf } from '../report/incident/timeline.ts';
import { Markup, markup, type Part } from '../report/markup.ts';
import { prober } from '../version.ts';
import { plural } from '../wording/count.ts';
import { plainText } from '../wording/plain-text.ts';
import { clock, duration, lasting } from '../wording/time.ts';
import type { Board } from './board.ts';
import { liveLimits } from './limits.ts';
import { hourScale, stripRow } from './strip.ts';
import { pageStyles, pictureWidths } from './styles.ts';
import { uptimesOf } from './uptime.ts';

/** Cycles listed one by one on the page. */
const shownCycles = 15;

/** The live page: the widget's overview, the last day of each host and of the flow, and the newest cycles. */
export const livePage = (board: Board, nowMs: number): string => {
  const { headline, inside, notes } = overviewParts(rememberedOf(board, nowMs), draw);
  const more = [...inside, dayPart(board, nowMs), cyclesPart(board), footer(board)];
  return document(headline, framedBody(headline, more, [...notes, ...troubleNotes(board)]), board);
};

/** An incident's own page. */
export const incidentPage = (id: string, board: Board, nowMs: number): string => {
  const { headline, inside } = detailsParts(id, rememberedOf(board, nowMs), draw);
  const [picture = null, ...rest] = inside;
  const back = markup`<p><a href="../">Overview</a></p>`;
  const parts = [back, picture, storyPart(id, board, nowMs), ...rest, footer(board)];
  return document(headline, framedBody(headline, parts, []), board);
};

const storyPart = (id: string, { state }: Board, now: number): Markup | null => {
  const view = state === null ? undefined : listed(state).find((one) => one.id === id);
  if (state === null || view === undefined) return null;
  const messages = state.stories.find(({ incident }) => incident === id)?.entries ?? [];
  const judgement = state.judgements.find(({ incident }) => incident === id) ?? null;
  const moments = timelineOf({ ...{ view, messages, judgement, now }, hosts: defaultHosts });
  return markup`<section><h2>Story</h2><ol class="cycles">${moments.map(
    ({ at, text }) => markup`<li><time datetime="${at}">${clock(at)}</time><span>${text}</span></li>`,
  )}</ol></section>`;
};

const rememberedOf = ({ state, environment, everyMs }: Board, nowMs: number): Remembered => ({
  state,
  endpoint: { arn: null, environment, pageOf: (id) => `incidents/${encodeURIComponent(id)}` },
  look: { theme: 'auto', width: pictureWidths[0], range: null },
  notes: [],
  cycleMs: everyMs,
  now: nowMs,
});

/** A page without a script does not know its width, so the style sheet chooses one of three pictures. */
const draw: Draw = (picture) =>
  markup`${pictureWidths.map((width) => markup`<div class="w${width}">${picture({ theme: 'auto', width, range: null })}</div>`)}`;

const document = ({ tone, text }: Headline, body: Part, { environment, everyMs }: Board): string => {
  const { refreshLeastSeconds: least, refreshMostSeconds: most } = liveLimits;
  const refresh = Math.round(Math.min(most, Math.max(least, everyMs / 2_000)));
  return `<!DOCTYPE html>\n${
    markup`<html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/><meta http-equiv="refresh" content="${refresh}"/><meta name="robots" content="noindex"/><link rel="icon" href="data:,"/><title>${marks[tone]} ${text} · ${environment}</title><style>${new Markup(pageStyles)}</style></head><body><main>${body}</main></body></html>`
      .text
  }\n`;
};

const orderOf = (subject: string): number => {
  const place = [registrationHost, ...hostRoles].indexOf(subject);
  return place === -1 ? hostRoles.length + 1 : place;
};

const dayPart = ({ history }: Board, nowMs: number): Markup => {
  const uptimes = uptimesOf(history, nowMs).toSorted((a, b) => orderOf(a.subject) - orderOf(b.subject));
  return markup`<section><h2>Last 24 hours, by UTC</h2><p class="quiet small">Share of the cycles without a failure. The taller a bar, the worse: worked, degraded, failed. A thin grey line was not seen; without a bar, no cycle ran. A bar is 15 minutes.</p>${
    uptimes.length === 0
      ? markup`<p class="quiet">No cycle has ended yet.</p>`
      : markup`<ul class="days">${uptimes.map((one) => stripRow(one, nowMs))}</ul>${hourScale(nowMs)}`
  }</section>`;
};

const verdictTones = {
  healthy: 'good',
  degraded: 'attention',
  failing: 'bad',
  inconclusive: 'unknown',
  'still-failing': 'bad',
} as const;

const cyclesPart = ({ history: { cycles } }: Board): Markup | null =>
  cycles.length === 0
    ? null
    : markup`<section><h2>Newest cycles</h2><ol class="cycles" reversed="">${cycles
        .slice(-shownCycles)
        .toReversed()
        .map(
          ({ at, durationMs, verdict, words }) =>
            markup`<li><time datetime="${at}">${at.slice(11, 19)}</time><span class="ms quiet">${duration(durationMs)}</span><b class="${verdictTones[verdict]}">${marks[verdictTones[verdict]]} ${verdict}</b><span>${words}</span></li>`,
        )}</ol></section>`;

const troubleNotes = ({ troubles, missed }: Board): readonly string[] => [
  ...troubles.map((trouble) => `The monitor itself: ${plainText(trouble)}`),
  ...(missed === 0 ? [] : [`${plural(missed, 'cycle')} could not start in time since the watch began.`]),
];

const footer = ({ everyMs, facts }: Board): Markup =>
  markup`<footer class="quiet small"><p>A cycle every ${lasting(everyMs)}. ${facts.join(' ')}</p><p>${prober.name} ${prober.version} · <a href="/metrics">metrics for Prometheus</a> · <a href="/healthz">health of the monitor</a></p></footer>`;
