import { createColors } from 'picocolors';
import type { Report } from '../platform/report.ts';
import { legend } from './bar.ts';
import { diagnosisLines } from './diagnosis.ts';
import { isTrouble } from './entry.ts';
import { hostSections } from './hosts.ts';
import type { Page } from './page.ts';
import { duration, plainText, plural } from './plain-text.ts';
import { registrationSection } from './registration.ts';
import { renderNotes, summaryLine } from './summary.ts';
import type { View } from './view.ts';

export interface PrettyOptions extends View {
  readonly color: boolean;
  /** Characters of a line. */
  readonly width: number;
}

/** A report for a person at 3 a.m.: passes are quiet and first, failures loud and last, the verdict in the last line. */
export const renderPretty = (report: Report, { color, width, hosts, targets, through }: PrettyOptions): string => {
  const { outcomes, registration } = report;
  const colors = createColors(color);
  const page: Page = { width, colors, slowest: slowest(report) };
  const sections = [
    ...hostSections(outcomes, hosts, page),
    ...(registration === null ? [] : [registrationSection(registration, through, page)]),
  ];
  const diagnosis = diagnosisLines(report, { hosts, targets }, page);
  const calmFirst = sections.toSorted((a, b) => Number(a.trouble) - Number(b.trouble));
  return [
    colors.bold(`Hokusai ${plainText(report.environment)} · ${whatRan(report)} in ${duration(report.durationMs)}`),
    ...calmFirst.flatMap(({ lines }) => ['', ...lines]),
    '',
    ...(diagnosis.length === 0 ? [] : [...diagnosis, '']),
    ...renderNotes(report, colors),
    ...(hasBars(report) ? [colors.dim(`timings: ${legend}`)] : []),
    summaryLine(report, colors),
    '',
  ].join('\n');
};

/** Steps that pass are counted, not drawn. */
const hasBars = ({ outcomes, registration }: Report): boolean =>
  outcomes.length > 0 || (registration?.steps ?? []).some((step) => isTrouble(step) && step.timingsMs.total !== null);

const slowest = ({ outcomes, registration }: Report): number =>
  Math.max(...[...outcomes, ...(registration?.steps ?? [])].map(({ timingsMs }) => timingsMs.total ?? 0), 1);

export const whatRan = ({ outcomes, registration }: Report): string =>
  [
    ...(outcomes.length > 0 || registration === null ? [plural(outcomes.length, 'check')] : []),
    ...(registration === null ? [] : ['the registration flow']),
  ].join(' and ');
