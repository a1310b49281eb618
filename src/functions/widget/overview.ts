import { listed } from '../../incidents/by-hand.ts';
import type { State } from '../../incidents/state.ts';
import type { HopState, IncidentView, PathHop } from '../../model/incident.ts';
import { paths } from '../../platform/hops.ts';
import { type Markup, markup } from '../../report/markup.ts';
import { sureHeadlinesOf } from '../../wording/causes.ts';
import { waitingWords } from '../../wording/incident.ts';
import { muteWords } from '../../wording/mute.ts';
import { capital } from '../../wording/plain-text.ts';
import { lasting } from '../../wording/time.ts';
import type { Look } from './asked.ts';
import { detailsLink, type Endpoint } from './details-link.ts';
import { framed } from './frame.ts';
import { type Headline, headlineOf } from './headline.ts';
import { incidentLine, incidentPart } from './incident-part.ts';
import { widgetLimits } from './limits.ts';
import { pathPicture } from './path-picture.ts';
import { openIn, type Standing, standingOf } from './standing.ts';
import { timeline } from './timeline.ts';
import { clock, nameOf, severityMarks } from './words.ts';

export interface Remembered {
  /** Null: nothing is stored. */
  readonly state: State | null;
  readonly endpoint: Endpoint;
  readonly look: Look;
  readonly notes: readonly string[];
  /** Time between two cycles, ms. */
  readonly cycleMs: number;
  /** Unix time, ms. */
  readonly now: number;
}

/** Whether people can register models now and, if not, why and what to do. */
export const overview = (remembered: Remembered): string => {
  const { headline, inside, notes } = overviewParts(remembered);
  return framed(remembered.look.theme, headline, inside, notes);
};

/** Draws a picture for a look, or for several widths. */
export type Draw = (picture: (look: Look) => Markup) => Markup;

export interface Overview {
  readonly headline: Headline;
  readonly inside: readonly Markup[];
  readonly notes: readonly string[];
}

/** The parts of the overview, for pages with a frame of their own. */
export const overviewParts = (
  { state, endpoint, look, notes, cycleMs, now }: Remembered,
  draw: Draw = (picture) => picture(look),
): Overview => {
  const standing = standingOf(state, now, cycleMs);
  return {
    headline: headlineOf(standing, endpoint.environment, state, now),
    inside: [
      draw((one) => pathPicture(...pathOf(standing), one)),
      ...(state === null ? [] : [...openPart(state, standing, endpoint, now), ...pastPart(state, endpoint, draw, now)]),
    ],
    notes: [...notes, ...(state === null ? [] : stateNotes(state, now))],
  };
};

/** The path of a registration; when something fails, the path of the failing requests. */
const pathOf = (standing: Standing): readonly [path: readonly PathHop[], client: HopState] => {
  const all = (state: HopState): readonly PathHop[] => paths.proxyToDatabase.map((hop) => ({ hop, state }));
  switch (standing.kind) {
    case 'healthy':
      return [all('works'), 'works'];
    case 'recovering':
      // A hop that was broken may still be.
      return [standing.worst.path.map((one) => (one.state === 'broken' ? { ...one, state: 'suspect' } : one)), 'works'];
    case 'broken':
    case 'suspected':
    case 'impaired':
      return [standing.worst.path, 'works'];
    case 'blind':
      return [all('not-reached'), 'broken'];
    case 'stale':
    case 'nothing':
      return [all('unseen'), 'unseen'];
  }
};

const openPart = (state: State, { kind }: Standing, endpoint: Endpoint, now: number): readonly Markup[] => {
  const open = openIn(state);
  const further = open.slice(widgetLimits.shownIncidents);
  const unseen = further.length - widgetLimits.shownFurther;
  const isOld = kind === 'stale' || kind === 'blind';
  return [
    ...(isOld && open.length > 0 ? [markup`<h2>Open in the last cycle that saw the platform</h2>`] : []),
    ...open.slice(0, widgetLimits.shownIncidents).map((view) => incidentPart(view, endpoint, now)),
    ...(further.length === 0
      ? []
      : [
          markup`<section><h2>Also open</h2><ul class="over">${further.slice(0, widgetLimits.shownFurther).map((view) => incidentLine(view, endpoint, now))}</ul>${unseen > 0 ? markup`<p class="quiet">and ${unseen} more</p>` : null}</section>`,
        ]),
  ];
};

const pastPart = (state: State, endpoint: Endpoint, draw: Draw, now: number): readonly Markup[] => {
  if (state.lastCycle === null) return [];
  const views = listed(state);
  const over = views.filter(({ resolvedAt }) => resolvedAt !== null).slice(0, widgetLimits.shownOver);
  const seenAt = Date.parse(state.lastCycle.endedAt);
  return [
    draw((look) => timeline(views, look, now, seenAt)),
    ...(over.length === 0
      ? []
      : [markup`<h2>Resolved</h2><ul class="over">${over.map((view) => overLine(view, endpoint, now))}</ul>`]),
  ];
};

const overLine = (view: IncidentView, endpoint: Endpoint, now: number): Markup => {
  const lasted = lasting(Date.parse(view.resolvedAt ?? view.startedAt) - Date.parse(view.startedAt));
  return markup`<li><span class="${view.severity}">${severityMarks[view.severity]} ${view.severity}</span><span>${nameOf(view.id)}</span><span class="quiet">${clock(view.startedAt, now)}, lasted ${lasted} · ${sureHeadlinesOf(view)}</span>${detailsLink(view.id, endpoint)}</li>`;
};

/** Why people get no messages. */
const stateNotes = ({ outbox, mutes, mutesInForce }: State, now: number): readonly string[] => {
  const silent = [...mutes, ...mutesInForce]
    .filter(({ until }) => Date.parse(until) > now)
    .map((mute) => muteWords(mute, nameOf));
  const shown = [...new Set(silent)].slice(0, 5);
  return [
    ...(outbox.length === 0 ? [] : [capital(waitingWords(outbox.length))]),
    ...(shown.length === 0 ? [] : [`Muted: ${shown.join('; ')}`]),
  ];
};
