import type { SeriesId } from '../metrics/catalogue.ts';
import { severities } from '../model/severities.ts';
import { prober } from '../version.ts';
import { type Board, isOverdue } from './board.ts';
import { expositionOf } from './exposition.ts';
import { type Family, familiesOf, familyOf, prometheusName, type Sample } from './prometheus.ts';

/** `/metrics`: the catalogue's series, and the watch's own. The last cycle's values disappear once it is overdue. */
export const metricsPage = (board: Board, nowMark: number): string => {
  const { metrics, totals, environment, endedAt, missed, everyMs } = board;
  const isOld = isOverdue(board, nowMark);
  const own = (name: string, type: Family['type'], help: string, value: number): Family => ({
    ...{ name: `hokusai_synthetics_${name}`, type, help },
    samples: [{ labels: { environment }, value }],
  });
  return expositionOf([
    ...withZeros(familiesOf(isOld ? [] : metrics, totals), board, isOld),
    ...(endedAt === null
      ? []
      : [
          own('last_cycle_timestamp_seconds', 'gauge', 'end of the last cycle, Unix time', Date.parse(endedAt) / 1_000),
        ]),
    own('cycle_interval_seconds', 'gauge', 'time between the starts of two cycles', everyMs / 1_000),
    own(
      'overdue',
      'gauge',
      '1 while the last cycle is overdue: the values of the last cycle are then left out',
      Number(isOld),
    ),
    own('missed_cycles_total', 'counter', 'cycles that could not start in time, since the watch began', missed),
    {
      name: 'hokusai_synthetics_build_info',
      type: 'gauge',
      help: 'the version that runs',
      samples: [{ labels: { version: prober.version }, value: 1 }],
    },
  ]);
};

/** Counts that the catalogue publishes only while they happen have a value here, so that alerts on them resolve. */
const withZeros = (families: readonly Family[], { environment, endedAt, isTracked }: Board, isOld: boolean) => {
  if (endedAt === null || isOld) return families;
  const zero = (labels: Sample['labels'] = {}): Sample => ({ labels: { environment, ...labels }, value: 0 });
  return [
    ...(['targetsDegraded', 'targetsInconclusive'] as const).map((id) => [id, [zero()]] as const),
    ...(isTracked ? [['openIncidents', severities.map((severity) => zero({ severity }))] as const] : []),
  ].reduce((all, [id, zeros]) => withSamples(all, id, zeros), families);
};

/** Adds samples for the labels that have none. */
const withSamples = (families: readonly Family[], id: SeriesId, zeros: readonly Sample[]): readonly Family[] => {
  const there = families.find(({ name }) => name === prometheusName(id)) ?? familyOf(id, []);
  const keyOf = ({ labels }: Sample): string => JSON.stringify(Object.entries(labels).toSorted());
  const known = new Set(there.samples.map(keyOf));
  const samples = [...there.samples, ...zeros.filter((one) => !known.has(keyOf(one)))];
  return [...families.filter(({ name }) => name !== there.name), { ...there, samples }];
};
