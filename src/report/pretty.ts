import { createColors } from 'picocolors';
import { isNews } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { type Request, requests } from '../model/requests.ts';
import { missingVersionSentence, shownVerdict } from '../wording/awaited.ts';
import { plural } from '../wording/count.ts';
import { plainText, wrapped } from '../wording/plain-text.ts';
import { clock, duration } from '../wording/time.ts';
import { verdictSentence } from '../wording/verdict.ts';
import { legend } from './bar.ts';
import type { Platform } from './described.ts';
import { diagnosisLines } from './diagnosis.ts';
import { explain } from './explanation.ts';
import { fitted } from './fit.ts';
import { hostSections } from './hosts.ts';
import type { Page } from './page.ts';
import { placedRequests } from './placed.ts';
import { registrationSection } from './registration.ts';
import { renderNotes, summaryLines } from './summary.ts';
import type { View } from './view.ts';

export interface PrettyOptions extends View {
  readonly color: boolean;
  /** Characters per line. */
  readonly width: number;
  /** `quiet`: the verdict alone; `verbose`: each passing request, with its phases. Default: neither. */
  readonly detail?: 'quiet' | 'verbose';
}

/** A report for a person at 3 a.m.: the answer first, then what fails, then what passes, a line for each host. */
export const renderPretty = (report: Report, options: PrettyOptions): string => {
  const { color, width, hosts, targets, through, detail, ...rest } = options;
  const platform = { hosts, targets, ...rest };
  const { registration } = report;
  const all = placedRequests(report);
  const colors = createColors(color);
  const isVerbose = detail === 'verbose';
  const page: Page = { width, colors, slowest: slowest(all), isVerbose };
  if (detail === 'quiet')
    return `${[...summaryLines(report, page), ...quietLines(report, platform, page)].join('\n')}\n`;
  const sections = [
    ...hostSections(all, hosts, page),
    ...(registration === null ? [] : [registrationSection(registration, all, through, page)]),
  ];
  const diagnosis = diagnosisLines(report, platform, page);
  const loud = sections.filter(({ trouble }) => trouble);
  const calm = sections.filter(({ trouble }) => !trouble);
  return [
    ...headerLines(report, page),
    ...summaryLines(report, page),
    ...(diagnosis.length === 0 ? [] : ['', ...diagnosis]),
    ...loud.flatMap(({ lines }) => ['', ...lines]),
    ...(calm.length === 0 ? [] : ['']),
    ...calm.flatMap(({ lines }) => (isVerbose ? [...lines, ''] : lines)),
    ...spaced(renderNotes(report, page), isVerbose),
    ...(isVerbose && hasBars(all) ? [colors.dim(`timings: ${legend}`)] : []),
    '',
  ].join('\n');
};

/** Bold: where and when; dim: the prober. */
const headerLines = (report: Report, { colors, width }: Page): readonly string[] => {
  const title = `Hokusai ${plainText(report.environment)} · ${clock(report.startedAt)}`;
  const from = proberWords(report);
  const ran = `${whatRan(report)} in ${duration(report.durationMs)}`;
  return fitted([title, ran, from], ' · ', width).map((line) =>
    line.replace(title, colors.bold).replace(from, colors.dim),
  );
};

const spaced = (lines: readonly string[], isSpaced: boolean): readonly string[] =>
  lines.length === 0 || isSpaced ? lines : ['', ...lines];

const quietLines = (report: Report, platform: Platform, { width }: Page): readonly string[] =>
  [
    missingVersionSentence(report) ?? '',
    shownVerdict(report) === 'healthy' ? '' : verdictSentence(report, explain(report, platform)),
  ].flatMap((words) => (words === '' ? [] : wrapped(words.split(' '), ' ', width)));

/** `prober-1, hokusai-synthetics 0.1.0` */
export const proberWords = ({ prober: { host, name, version } }: Report): string =>
  [...(host === undefined ? [] : [`from ${plainText(host)}`]), plainText(`${name} ${version}`)].join(', ');

/** Passing steps are counted, not drawn. */
const hasBars = (all: readonly Request[]): boolean =>
  all.some((one) => one.kind === 'target' || (isNews(one) && one.timingsMs.total !== null));

const slowest = (all: readonly Request[]): number => Math.max(...all.map(({ timingsMs }) => timingsMs.total ?? 0), 1);

export const whatRan = (report: Report): string => {
  const checks = requests(report).filter(({ kind }) => kind === 'target').length;
  return [
    ...(checks > 0 || report.registration === null ? [plural(checks, 'check')] : []),
    ...(report.registration === null ? [] : ['the registration flow']),
  ].join(' and ');
};
