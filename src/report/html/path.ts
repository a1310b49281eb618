import type { HopState, PathHop } from '../../platform/incident.ts';
import type { Report } from '../../platform/report.ts';
import type { Explanation } from '../explanation.ts';
import { Markup, markup } from '../markup.ts';
import { pathSvg } from '../path-svg.ts';
import { suspectedPath, workingPath } from '../request-path.ts';

/** The way of the requests, once for each fault; of a page that is wide enough in one row, else in two. */
export const pathPicture = (report: Report, explanation: Explanation): Markup => {
  const pictures = picturesOf(report, explanation);
  return markup`${pictures.map(
    ({ path, client }) =>
      markup`<div class="path"><div class="wide">${drawn(path, 840, client)}</div><div class="narrow">${drawn(path, 560, client)}</div></div>`,
  )}`;
};

interface Picture {
  readonly path: readonly PathHop[];
  readonly client: HopState;
}

const picturesOf = (report: Report, { status, faults, requests, symptoms }: Explanation): readonly Picture[] => {
  const of = (path: readonly PathHop[]): readonly Picture[] => (path.length === 0 ? [] : [{ path, client: 'works' }]);
  switch (status) {
    case 'match':
    case 'ambiguous':
      return faults.flatMap(({ path }) => of(path));
    case 'no-match':
      return of(suspectedPath(symptoms, requests));
    case 'monitor-blind':
      return [{ path: [{ hop: 'internet', state: 'not-reached' }], client: 'broken' }];
    case 'healthy':
    case 'inconclusive':
      return report.verdict === 'healthy' ? of(workingPath(requests)) : [];
  }
};

const drawn = (path: readonly PathHop[], width: number, client: HopState): Markup =>
  new Markup(pathSvg(path, { theme: 'auto', width, client }));
