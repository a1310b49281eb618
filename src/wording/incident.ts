import type { Deployment } from '../model/history.ts';
import type { IncidentView } from '../model/incident.ts';
import { plural, times } from './count.ts';
import { clock } from './time.ts';

/** `3 failing cycles` */
export const failingCycleWords = ({ failingCycles }: Pick<IncidentView, 'failingCycles'>): string =>
  plural(failingCycles, 'failing cycle');

/** `8 requests fail` */
export const affectedWords = (view: Affecting): string => {
  const { affectedCount: count } = view;
  const requests = plural(count, 'request');
  switch (kindOf(view)) {
    case 'fail':
      return `${requests} ${count === 1 ? 'fails' : 'fail'}`;
    case 'degraded':
      return `${requests} ${count === 1 ? 'is' : 'are'} degraded`;
    case 'both':
      return `${requests} fail or are degraded`;
  }
};

/** The same number as a heading: `Failing (8)` */
export const affectedTitle = (view: Affecting): string =>
  `${{ fail: 'Failing', degraded: 'Degraded', both: 'Failing or degraded' }[kindOf(view)]} (${view.affectedCount})`;

type Affecting = Pick<IncidentView, 'affected' | 'affectedCount'>;

/** The list can be shortened, but keeps an entry of each kind (incidents/with-each-host.ts). */
const kindOf = ({ affected }: Affecting): 'fail' | 'degraded' | 'both' => {
  const kinds = new Set(affected.map(({ status }) => status));
  if (kinds.size > 1) return 'both';
  return kinds.has('fail') ? 'fail' : 'degraded';
};

/** How many requests it has affected. Where room is short, the list of their ids is shortened. */
export const everAffectedCount = ({
  everAffected,
  affectedCount,
}: Pick<IncidentView, 'everAffected' | 'affectedCount'>): number => Math.max(everAffected.length, affectedCount);

/** `came back 2 times`; empty: it did not. */
export const returnWords = ({ returns }: Pick<IncidentView, 'returns'>): string =>
  returns === 0 ? '' : `came back ${times(returns)}`;

export const acknowledgedBy = (name: string): string => `acknowledged by ${name}`;

export const noDeployment = 'no deployment seen before it';

/** `1.4.1 → 1.4.2 deployed by 02:55 UTC`: the prober sees a version some time after its deployment. */
export const deploymentWords = (
  { from, to, at }: Deployment,
  besides: string,
  shown: (version: string) => string,
): string => `${shown(from)} → ${shown(to)} deployed by ${clock(at, besides)}`;

/** Messages not sent yet. */
export const waitingWords = (count: number): string => `${plural(count, 'message')} waiting to be sent`;
