import type { HopState, PathHop } from '../../model/incident.ts';
import { Markup, markup } from '../../report/markup.ts';
import { pathSvg } from '../../report/path-svg.ts';
import { noKnownCauseSentence } from '../../wording/unexplained.ts';
import type { Look } from './asked.ts';
import { widgetLimits } from './limits.ts';

/** The request path with the state of each hop, or a sentence when no hop is identified. */
export const pathPicture = (path: readonly PathHop[], client: HopState, { theme, width }: Look): Markup =>
  path.length === 0
    ? markup`<p class="quiet path">The broken hop is unknown. ${noKnownCauseSentence}</p>`
    : markup`<div class="path">${new Markup(pathSvg(path.slice(0, widgetLimits.shownHops), { theme, width, client }))}</div>`;
