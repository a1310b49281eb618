import { type DimensionsOf, type MetricDatum, type SeriesId, seriesKinds } from './catalogue.ts';
import { cloudWatchLimits } from './limits.ts';

/** Tenths of a millisecond or a day. Finer differences are noise, and each distinct value takes room in the request. */
const round = (value: number): number => Math.round(value * 10) / 10;

const representable = (value: number): boolean => Math.abs(value) <= cloudWatchLimits.largestValue;

/** Non-ASCII characters become percent-escapes: CloudWatch accepts only ASCII, and different names must stay different. */
const dimensionValue = (text: string): string => {
  const ascii = text
    .toWellFormed()
    .replace(/[^\x20-\x7e]/gu, encodeURIComponent)
    .trim()
    .slice(0, cloudWatchLimits.dimensionValueCharacters);
  // A dimension value must not start with a colon.
  return ascii === '' ? 'unnamed' : ascii.replace(/^:/, '_');
};

/**
 * The data of one series: empty without values; several data if there are more distinct values than one can hold.
 *
 * A value that CloudWatch does not accept (NaN, infinity) is left out: a gap is honest, but a rejected request loses
 * everything. Values with counts instead of a statistic set, so that CloudWatch can compute percentiles.
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
