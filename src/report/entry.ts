import type { Request } from '../model/requests.ts';
import { whereWords } from '../wording/hops.ts';
import { cut, plainText, wrapped } from '../wording/plain-text.ts';
import { lagWords, leftBehindWords, sentWords } from '../wording/requests.ts';
import { marks } from '../wording/status.ts';
import { duration } from '../wording/time.ts';
import { bar } from './bar.ts';
import type { Page } from './page.ts';
import { paintOf } from './paint.ts';

const barWidth = 24;
const nameWidth = 34;

/** The name of a request within a section, whose heading already names the host or the flow. */
export const nameInSection = ({ id, host }: Request): string =>
  id.startsWith(`${host}.`) ? id.slice(host.length + 1) : id;

/** The command is copied, so it is never wrapped. */
const askedLines = ({ asked }: Request, { colors }: Page): readonly string[] =>
  asked === undefined ? [] : [colors.dim(`      ${askAgain}: ${plainText(asked.command)}`)];

export const askAgain = 'ask again';

/** Objects that a person has to delete by hand. */
export const leftBehindLines = (request: Request): readonly string[] =>
  request.kind === 'clean-up' ? request.leftBehind.map(leftBehindWords) : [];

/** A line about an expected result. */
export const calmLine = (request: Request, { width, colors, slowest }: Page): string => {
  const { status, failureMode, known, timingsMs, evidence } = request;
  const said = known
    ? `${request.stillFailing === true ? 'as before' : 'known'} · ${failureMode}`
    : plainText(evidence.summary);
  const rest = status === 'pass' ? bar(timingsMs, slowest, barWidth) : said;
  return colors.dim(cut(`  ${lineStart(request)}  ${rest}`, width));
};

/** Unexpected results with their evidence. */
export const loudLines = (all: readonly Request[], page: Page): readonly string[] =>
  alike(all).flatMap((group) => [
    ...group.map((request) => loudLine(request, page)),
    ...evidenceLines(group[0], page),
    ...askedLines(group[0], page),
    ...group.flatMap(leftBehindLines).map((line) => `      ${line}`),
  ]);

/** Groups requests with the same evidence, so that it is shown once. */
export const alike = (all: readonly Request[]): readonly (readonly [Request, ...Request[]])[] => {
  const groups = new Map<string, [Request, ...Request[]]>();
  for (const request of all) {
    const { status, known, failureMode, phase, hop, address, evidence } = request;
    const key = JSON.stringify([status, known, failureMode, phase, hop, address, untimed(evidence.summary)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [request]);
    else group.push(request);
  }
  return [...groups.values()];
};

/** Requests with the same time-out differ in the milliseconds that they waited. */
export const untimed = (summary: string): string => summary.replace(/\b\d{1,12}(\.\d{1,3})? m?s\b/g, '');

/** The start of a line in a section. */
const lineStart = (request: Request): string => {
  const { status, durationMs } = request;
  const ms = durationMs === null ? '' : duration(durationMs);
  return `${marks[status]} ${nameInSection(request).padEnd(nameWidth)} ${ms.padStart(7)}`;
};

const loudLine = (request: Request, { colors, slowest, isVerbose }: Page): string => {
  const { status, timingsMs, asked } = request;
  const start = lineStart(request);
  if (!isVerbose && asked !== undefined)
    return `  ${paintOf(status, colors)(colors.bold(start))}  ${plainText(`${asked.method} ${asked.url}`)}`;
  return `  ${paintOf(status, colors)(colors.bold(start))}  ${bar(timingsMs, slowest, barWidth)}`.trimEnd();
};

const evidenceLines = (request: Request, { width, colors }: Page): readonly string[] => {
  const { status, failureMode, evidence } = request;
  return [
    `      ${paintOf(status, colors)(failureMode ?? status)}${where(request)}`,
    ...summaryLines(evidence.summary, width),
  ];
};

/** Lines of a message. A longer one is usually a whole page. */
const summaryLimit = 4;

/** The evidence, below its line. */
const summaryLines = (summary: string, width: number): readonly string[] =>
  wrapped(plainText(summary).split(' '), ' ', width - 6, summaryLimit).map((line) => `      ${line}`);

const where = (request: Request): string => {
  const { address, evidence } = request;
  return [
    ...whereWords(request),
    address ?? '',
    sentWords(request),
    isLate(request) ? lagWords(evidence.loopLateMs) : '',
  ]
    .filter((part) => part !== '')
    .map((part) => ` · ${part}`)
    .join('');
};

/** Event loop lag above which a probe's timings are unreliable: half of its duration, and never a few milliseconds. */
const isLate = ({ evidence: { loopLateMs }, timingsMs }: Request): boolean =>
  loopLateMs > Math.max(50, (timingsMs.total ?? 0) / 2);
