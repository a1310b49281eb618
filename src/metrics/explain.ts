import { type Publication, type SeriesKind, seriesIds, seriesKinds } from './catalogue.ts';
import { type CostLine, followUpHour, monthlyCost, seriesOf, totalUsd, type Usage, worstIncidentHour } from './cost.ts';
import { seriesMeanings } from './meanings.ts';

export const publicationText: Readonly<Record<Publication, string>> = {
  'every-cycle': 'every cycle',
  'target-detail': 'every cycle, with detail: targets',
  'while-it-happens': 'while it happens',
};

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

const columns = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

const quantity = (amount: number): string =>
  amount.toLocaleString('en-US', { maximumFractionDigits: amount < 10 ? 2 : 0 });

const costRow = ({ item, quantity: amount, usd }: CostLine): readonly string[] => [
  `  ${quantity(amount)}`,
  item,
  dollars(usd),
];

/** The catalogue and its cost, as text: `hokusai-synthetics explain metrics`. */
export const renderMetricsExplanation = (usage: Usage, namespace: string): string => {
  const kinds: readonly SeriesKind[] = Object.values(seriesKinds);
  const meanings = seriesIds.map((id) => seriesMeanings[id]);
  const rows = kinds.map((kind) => [
    `  ${kind.name}`,
    kind.dimensions.join(', '),
    kind.unit,
    `${seriesOf(kind, usage)}`,
    publicationText[kind.published],
  ]);
  const [heading = '', ...table] = columns([['  metric', 'dimensions', 'unit', 'series', 'published'], ...rows]);
  const explained = table.flatMap((row, index) => [row, `      ${meanings[index] ?? ''}`]);
  const lines = monthlyCost(usage);
  const everyTarget = monthlyCost({ ...usage, detail: 'targets' });
  const incident = worstIncidentHour(usage);
  const more = followUpHour(usage);
  return [
    `Metrics in namespace ${namespace}`,
    '',
    heading,
    ...explained,
    '',
    `A month at ${quantity(usage.cyclesPerHour)} cycles an hour of ${quantity(usage.cycleMs)} ms with ${usage.memoryMb} MB, detail: ${usage.detail}`,
    '',
    ...columns([...lines.map(costRow), ['', 'together', dollars(totalUsd(lines))]]),
    '',
    ...(usage.detail === 'hosts' ? [`With detail: targets it would be ${dollars(totalUsd(everyTarget))}.`] : []),
    `An hour of an incident adds at most ${dollars(incident.usd)} (${incident.quantity} series).`,
    `Its follow-ups are at most ${quantity(more.quantity)} requests, for $${more.usd.toFixed(3)}.`,
    'Prices: us-east-1, free tiers left out.',
    '',
  ].join('\n');
};
