import { type DimensionsOf, type MetricDatum, type SeriesId, seriesKinds } from './catalogue.ts';
import { cloudWatchLimits } from './limits.ts';

/** Tenths of a millisecond, of a day: finer is noise, and each distinct value takes room in the request. */
const round = (value: number): number => Math.round(value * 10) / 10;

const representable = (value: number): boolean => Math.abs(value) <= cloudWatchLimits.largestValue;

/** Another script's letters become percent-escapes: CloudWatch takes ASCII only, and two names must stay two. */
const dimensionValue = (text: string): string => {
  const ascii = text
    .toWellFormed()
    .replace(/[^\x20-\x7e]/gu, encodeURIComponent)
    .trim()
    .slice(0, cloudWatchLimits.dimensionValueCharacters);
  // The first character of a dimension value may not be a colon.
  return ascii === '' ? 'unnamed' : ascii.replace(/^:/, '_');
};

/**
 * The data of one series: none without values, more than one when there are more distinct values than a datum holds.
 * A value that CloudWatch does not take (NaN, infinity) is left out: a hole is honest, a refused request loses everything.
 * Values with their counts instead of a statistic set, so that CloudWatch can compute percentiles.
 */
export const seriesData = <Id extends SeriesId>(
  id: Id,
  timestamp: number,
  dimensions: DimensionsOf<Id>,
  values: readonly number[],
): readonly MetricDatum[] => {
  const counts = new Map<number, number>();
  for (const value of values.filter(representable).map(round)) counts.set(value, (counts.get(value) ?? 0) + 1);

  const pairs = [...counts];
  const size = cloudWatchLimits.valuesPerDatum;
  const { name, unit } = seriesKinds[id];
  const named = Object.fromEntries(
    Object.entries<string>(dimensions).map(([dimension, value]) => [dimension, dimensionValue(value)]),
  );
  return Array.from({ length: Math.ceil(pairs.length / size) }, (_, index) => {
    const part = pairs.slice(index * size, (index + 1) * size);
    return {
      name,
      unit,
      dimensions: named,
      timestamp,
      values: part.map(([value]) => value),
      counts: part.map(([, count]) => count),
    };
  });
};
