import { type SeriesId, seriesIds, seriesKinds } from '../metrics/catalogue.ts';
import { publicationText } from '../metrics/explain.ts';
import { seriesMeanings } from '../metrics/meanings.ts';

export const metricNames: readonly string[] = [...new Set(seriesIds.map((id) => seriesKinds[id].name))];

/** A metric with each of its series; null: there is none with this name. */
export const explainMetric = (name: string): string | null => {
  const ids = seriesIds.filter((id) => seriesKinds[id].name === name);
  return ids.length === 0 ? null : [`${name}: a metric (explain metrics lists all)\n`, ...ids.map(seriesText)].join('');
};

const seriesText = (id: SeriesId): string => {
  const { unit, dimensions, published } = seriesKinds[id];
  return `  by ${dimensions.join(', ')}, ${publicationText[published]}, ${unit}\n    ${seriesMeanings[id]}\n`;
};
