import type { Request } from '../model/requests.ts';
import { whereWords } from '../wording/hops.ts';
import { cut, plainText, wrapped } from '../wording/plain-text.ts';
import { lagWords, leftBehindWords, sentWords } from '../wording/requests.ts';
import { marks } from '../wording/status.ts';
import { duration } from '../wording/time.ts';
import { bar } from './bar.ts';
import { below, fitted } from './fit.ts';
import type { Page } from './page.ts';
import { paintOf } from './paint.ts';

const barWidth = 24;
const nameWidth = 34;

/** The name of a request within a section, whose heading already names the host or the flow. */
export const nameInSection = ({ id, host }: Request): string =>
  plainText(id.startsWith(`${host}.`) ? id.slice(host.length + 1) : id);

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
  return colors.dim(cut(`  ${lineStart(request, width)}  ${rest}`, width));
};

/** Unexpected results with their evidence. */
export const loudLines = (all: readonly Request[], page: Page): readonly string[] =>
  alike(all).flatMap((group) => [
    ...headLines(group, page),
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

/** The start of a line in a section. On a narrow page the names get less space. */
const lineStart = (request: Request, width: number): string => {
  const { status, durationMs } = request;
  const ms = durationMs === null ? '' : duration(durationMs);
  const space = Math.min(nameWidth, Math.max(0, width - '  ✗ '.length - ' 1000 ms'.length));
  return `${marks[status]} ${nameInSection(request).padEnd(space)} ${ms.padStart(space < nameWidth ? 0 : 7)}`;
};

/** What was asked stands beside each name if it fits there for all, otherwise below it. */
const headLines = (group: readonly Request[], { colors, slowest, isVerbose, width }: Page): readonly string[] => {
  const rows = group.map((request) => {
    const { status, timingsMs, asked } = request;
    const start = lineStart(request, width);
    const rest =
      isVerbose || asked === undefined ? bar(timingsMs, slowest, barWidth) : plainText(`${asked.method} ${asked.url}`);
    return { start: `  ${paintOf(status, colors)(colors.bold(start))}`, rest, size: start.length + rest.length + 4 };
  });
  const isRoomy = rows.every(({ size }) => size <= width);
  return rows.flatMap(({ start, rest }) =>
    isRoomy || rest === '' ? [`${start}  ${rest}`.trimEnd()] : [start, `      ${rest}`],
  );
};

const evidenceLines = (request: Request, { width, colors }: Page): readonly string[] => {
  const { status, failureMode, evidence } = request;
  const said = failureMode ?? status;
  return [
    ...below(fitted([said, ...where(request)], ' · ', width - 6), 6).map((line, index) =>
      index === 0 ? line.replace(said, paintOf(status, colors)) : line,
    ),
    ...summaryLines(evidence.summary, width),
  ];
};

/** Lines of a message. A longer one is usually a whole page. */
const summaryLimit = 4;

/** The evidence, below its line. */
const summaryLines = (summary: string, width: number): readonly string[] =>
  wrapped(plainText(summary).split(' '), ' ', width - 6, summaryLimit).map((line) => `      ${line}`);

const where = (request: Request): readonly string[] => {
  const { address, evidence } = request;
  return [
    ...whereWords(request),
    address ?? '',
    sentWords(request),
    isLate(request) ? lagWords(evidence.loopLateMs) : '',
  ].filter((part) => part !== '');
};

/** Event loop lag above which a probe's timings are unreliable: half of its duration, and never a few milliseconds. */
const isLate = ({ evidence: { loopLateMs }, timingsMs }: Request): boolean =>
  loopLateMs > Math.max(50, (timingsMs.total ?? 0) / 2);
