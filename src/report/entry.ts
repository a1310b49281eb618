import { hopLabels } from '../platform/hops.ts';
import type { AttemptOutcome, Status } from '../platform/report.ts';
import { bar } from './bar.ts';
import type { Page } from './page.ts';
import { marks, paintOf } from './paint.ts';
import { cut, duration, plainText, wrapped } from './plain-text.ts';

/** A target or a step of the flow, as a line of its section shows it. */
export interface Entry {
  readonly name: string;
  readonly ms: number | null;
  readonly known: boolean;
  /** What it was asked, when more than once. */
  readonly asked: string;
  readonly outcome: AttemptOutcome;
}

const barWidth = 24;
const nameWidth = 34;

/** Not well, and not so since the baseline. */
export const isTrouble = ({ status, known }: { readonly status: Status; readonly known: boolean }): boolean =>
  !known && status !== 'pass' && status !== 'skipped';

/** A line about what is as it should be, or was to be expected. */
export const calmLine = (entry: Entry, { width, colors, slowest }: Page): string => {
  const { status, failureMode, timingsMs, evidence } = entry.outcome;
  const said = entry.known ? `known · ${failureMode}` : plainText(evidence.summary);
  const rest = status === 'pass' ? bar(timingsMs, slowest, barWidth) : said;
  return colors.dim(cut(`  ${lineStart(status, entry.name, entry.ms)}  ${rest}`, width));
};

/** What is not well, with its evidence. */
export const loudLines = (entries: readonly Entry[], page: Page): readonly string[] =>
  alike(entries).flatMap((group) => [...group.map((entry) => loudLine(entry, page)), ...evidenceLines(group[0], page)]);

/** Outcomes that say the same, together: their evidence is worth reading once. */
export const alike = <T extends Entry>(entries: readonly T[]): readonly (readonly [T, ...T[]])[] => {
  const groups = new Map<string, [T, ...T[]]>();
  for (const entry of entries) {
    const { status, failureMode, phase, hop, address, evidence } = entry.outcome;
    const key = JSON.stringify([status, failureMode, phase, hop, address, untimed(evidence.summary)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
};

/** Requests that waited for the same have not waited for the same number of milliseconds. */
const untimed = (summary: string): string => summary.replace(/\b\d{1,12}(\.\d{1,3})? m?s\b/g, '');

/** How a line of a section begins. */
export const lineStart = (status: Status, name: string, ms: number | null): string =>
  `${marks[status]} ${name.padEnd(nameWidth)} ${(ms === null ? '' : duration(ms)).padStart(7)}`;

const loudLine = (entry: Entry, { colors, slowest }: Page): string => {
  const { status, timingsMs } = entry.outcome;
  const start = lineStart(status, entry.name, entry.ms);
  return `  ${paintOf(status, colors)(colors.bold(start))}  ${bar(timingsMs, slowest, barWidth)}`.trimEnd();
};

const evidenceLines = (entry: Entry, { width, colors }: Page): readonly string[] => {
  const { status, failureMode, evidence } = entry.outcome;
  return [
    `      ${paintOf(status, colors)(failureMode ?? status)}${where(entry)}`,
    ...summaryLines(evidence.summary, width),
  ];
};

/** A message is read by whoever has to mend it: all of it, unless somebody poured out a page. */
const summaryLimit = 4;

/** What was seen, below the line that it belongs to. */
export const summaryLines = (summary: string, width: number): readonly string[] =>
  wrapped(plainText(summary).split(' '), ' ', width - 6, summaryLimit).map((line) => `      ${line}`);

const where = ({ asked, outcome: { phase, hop, address, evidence, timingsMs } }: Entry): string =>
  [
    phase === null ? '' : `phase ${phase}`,
    hop === null ? '' : `at ${hopLabels[hop]}`,
    address ?? '',
    asked,
    evidence.loopLateMs > (timingsMs.total ?? 0) * lateShare
      ? `our own clock was ${Math.round(evidence.loopLateMs)} ms late`
      : '',
  ]
    .filter((part) => part !== '')
    .map((part) => ` · ${part}`)
    .join('');

/** Share of a probe's time from which on the lateness of our own event loop takes the worth from its timings. */
const lateShare = 0.5;
