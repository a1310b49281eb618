import { createColors } from 'picocolors';
import { isNews } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { type Request, requests } from '../model/requests.ts';
import { plural } from '../wording/count.ts';
import { plainText } from '../wording/plain-text.ts';
import { duration } from '../wording/time.ts';
import { legend } from './bar.ts';
import { diagnosisLines } from './diagnosis.ts';
import { hostSections } from './hosts.ts';
import type { Page } from './page.ts';
import { placedRequests } from './placed.ts';
import { registrationSection } from './registration.ts';
import { renderNotes, summaryLine } from './summary.ts';
import type { View } from './view.ts';

export interface PrettyOptions extends View {
  readonly color: boolean;
  /** Characters per line. */
  readonly width: number;
}

/** A report for a person at 3 a.m.: passes come first and quietly, failures last and loudly, and the verdict is the last line. */
export const renderPretty = (report: Report, { color, width, hosts, targets, through }: PrettyOptions): string => {
  const { registration } = report;
  const all = placedRequests(report);
  const colors = createColors(color);
  const page: Page = { width, colors, slowest: slowest(all) };
  const sections = [
    ...hostSections(all, hosts, page),
    ...(registration === null ? [] : [registrationSection(registration, all, through, page)]),
  ];
  const diagnosis = diagnosisLines(report, { hosts, targets }, page);
  const calmFirst = sections.toSorted((a, b) => Number(a.trouble) - Number(b.trouble));
  return [
    colors.bold(`Hokusai ${plainText(report.environment)} · ${whatRan(report)} in ${duration(report.durationMs)}`),
    ...calmFirst.flatMap(({ lines }) => ['', ...lines]),
    '',
    ...(diagnosis.length === 0 ? [] : [...diagnosis, '']),
    ...renderNotes(report, colors),
    ...(hasBars(all) ? [colors.dim(`timings: ${legend}`)] : []),
    summaryLine(report, colors),
    '',
  ].join('\n');
};

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
