import type { Deployment } from '../model/history.ts';
import type { IncidentView } from '../model/incident.ts';
import { plural, times } from './count.ts';
import { clock } from './time.ts';

/** `3 failing cycles` */
export const failingCycleWords = ({ failingCycles }: Pick<IncidentView, 'failingCycles'>): string =>
  plural(failingCycles, 'failing cycle');

/** `8 requests fail` */
export const affectedWords = ({
  affected,
  affectedCount,
}: Pick<IncidentView, 'affected' | 'affectedCount'>): string => {
  const failing = affected.filter(({ status }) => status === 'fail').length;
  const requests = plural(affectedCount, 'request');
  if (failing === 0) return `${requests} ${affectedCount === 1 ? 'is' : 'are'} degraded`;
  if (failing === affected.length) return `${requests} ${affectedCount === 1 ? 'fails' : 'fail'}`;
  return `${requests} fail or are degraded`;
};

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
