import type { HopState, PathHop } from '../../model/incident.ts';
import type { Report } from '../../model/report.ts';
import { Markup, markup } from '../markup.ts';
import { pathSvg } from '../path-svg.ts';
import { shownPath } from '../request-path.ts';

/** The request path: one row on a wide page, two or three on narrower ones, so that its words stay legible. Several faults show theirs beside their causes. */
export const pathPicture = (report: Report): Markup => {
  const pictures = report.diagnosis.faults.length > 1 ? [] : picturesOf(report);
  return markup`${pictures.map(({ path, client }) => pathOf(path, client))}`;
};

export const pathOf = (path: readonly PathHop[], client: HopState = 'works'): Markup | null =>
  path.length === 0
    ? null
    : markup`<div class="path"><div class="wide">${drawn(path, 840, client)}</div><div class="narrow">${drawn(path, 560, client)}</div><div class="phone">${drawn(path, 350, client)}</div></div>`;

interface Picture {
  readonly path: readonly PathHop[];
  readonly client: HopState;
}

const picturesOf = ({ verdict, diagnosis: { status, paths } }: Report): readonly Picture[] => {
  const shown = paths.flatMap(({ hops }): readonly Picture[] =>
    hops.length === 0 ? [] : [{ path: shownPath(hops), client: 'works' }],
  );
  switch (status) {
    case 'match':
    case 'ambiguous':
      return shown;
    // The section that explains it draws the suspected hop.
    case 'no-match':
      return [];
    case 'monitor-blind':
      return [{ path: [{ hop: 'internet', state: 'not-reached' }], client: 'broken' }];
    case 'healthy':
    case 'inconclusive':
      return verdict === 'healthy' ? shown : [];
  }
};

const drawn = (path: readonly PathHop[], width: number, client: HopState): Markup =>
  new Markup(pathSvg(path, { theme: 'auto', width, client }));
