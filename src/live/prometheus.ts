import { type DimensionName, type MetricDatum, type SeriesId, seriesIds, seriesKinds } from '../metrics/catalogue.ts';
import { seriesMeanings } from '../metrics/meanings.ts';

/**
 * How a series of the catalogue is published. Gauges hold the last cycle. `share` is the average of 0 and 1 over a
 * cycle's requests, `seconds` their mean; `total` adds up all cycles since the start.
 */
type Form = 'gauge' | 'share' | 'seconds' | 'total';

const forms: Readonly<Record<SeriesId, Form>> = {
  heartbeat: 'total',
  hostSuccess: 'share',
  hostDuration: 'seconds',
  certificateDaysLeft: 'gauge',
  targetsFailing: 'gauge',
  targetsDegraded: 'gauge',
  targetsInconclusive: 'gauge',
  cycleDuration: 'seconds',
  registrationSuccess: 'share',
  registrationDuration: 'seconds',
  registrationLeftOvers: 'gauge',
  targetSuccess: 'share',
  targetDuration: 'seconds',
  stepSuccess: 'share',
  stepDuration: 'seconds',
  failures: 'gauge',
  targetFailure: 'gauge',
  stepFailure: 'gauge',
  hypothesisMatch: 'gauge',
  openIncidents: 'gauge',
  messagesSent: 'total',
  sendFailures: 'total',
};

const suffixes: Readonly<Record<Form, string>> = { gauge: '', share: '_ratio', seconds: '_seconds', total: '_total' };

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `hostSuccess` is `hokusai_synthetics_host_success_ratio`. */
export const prometheusName = (id: SeriesId): string => `hokusai_synthetics_${snake(id)}${suffixes[forms[id]]}`;

/** A label's name: `FailureMode` is `failure_mode`. */
export const labelName = (dimension: DimensionName): string => snake(dimension).slice(1);

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** The series of the catalogue that a datum belongs to. */
const seriesOf = ({ name, dimensions }: MetricDatum): SeriesId | undefined => {
  const given = Object.keys(dimensions).toSorted().join();
  return seriesIds.find(
    (id) => seriesKinds[id].name === name && [...seriesKinds[id].dimensions].toSorted().join() === given,
  );
};

/** Totals since the start, by series and labels. */
export type Totals = ReadonlyMap<string, Sample & { readonly id: SeriesId }>;

const isTotal = (id: SeriesId): boolean => forms[id] === 'total';

const labelsOf = ({ dimensions }: MetricDatum): Sample['labels'] =>
  Object.fromEntries(
    Object.entries(dimensions).map(([dimension, value]) => [labelName(dimension as DimensionName), value]),
  );

const sumOf = ({ values, counts }: MetricDatum): number =>
  values.reduce((sum, value, index) => sum + value * (counts[index] ?? 1), 0);
const countOf = ({ counts }: MetricDatum): number => counts.reduce((sum, many) => sum + many, 0);

/** Adds a cycle's values to the totals. */
export const withTotals = (before: Totals, data: readonly MetricDatum[]): Totals => {
  const totals = new Map(before);
  for (const datum of data) {
    const id = seriesOf(datum);
    if (id === undefined || !isTotal(id)) continue;
    const labels = labelsOf(datum);
    const key = `${id} ${JSON.stringify(labels)}`;
    totals.set(key, { id, labels, value: (totals.get(key)?.value ?? 0) + sumOf(datum) });
  }
  return totals;
};

/** The catalogue's series with the values of the last cycle, and the totals. Series without a value are left out. */
export const familiesOf = (data: readonly MetricDatum[], totals: Totals): readonly Family[] => {
  const bySeries = Map.groupBy(data, seriesOf);
  return seriesIds.flatMap((id): readonly Family[] => {
    const samples = isTotal(id)
      ? [...totals.values()].filter((one) => one.id === id)
      : gaugesOf(bySeries.get(id) ?? [], forms[id]);
    return samples.length === 0 ? [] : [familyOf(id, samples)];
  });
};

export const familyOf = (id: SeriesId, samples: readonly Sample[]): Family => ({
  ...{ name: prometheusName(id), type: isTotal(id) ? 'counter' : 'gauge', help: seriesMeanings[id] },
  samples,
});

/** A series with more distinct values than one datum holds has several data. */
const gaugesOf = (data: readonly MetricDatum[], form: Form): readonly Sample[] =>
  [...Map.groupBy(data, (datum) => JSON.stringify(labelsOf(datum))).values()].flatMap((parts) => {
    const [first] = parts;
    const many = parts.reduce((sum, datum) => sum + countOf(datum), 0);
    if (first === undefined || many === 0) return [];
    const mean = parts.reduce((sum, datum) => sum + sumOf(datum), 0) / many;
    return [{ labels: labelsOf(first), value: rounded(form === 'seconds' ? mean / 1_000 : mean) }];
  });

/** A millionth is finer than anything measured. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
