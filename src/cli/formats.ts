import { appendFile } from 'node:fs/promises';
import { Option } from 'commander';
import type { Settings } from '../config/settings.ts';
import type { Report } from '../platform/report.ts';
import { annotations } from '../report/github/annotations.ts';
import { summary } from '../report/github/summary.ts';
import { renderHtml } from '../report/html/page.ts';
import { renderJson } from '../report/json.ts';
import { renderJunit } from '../report/junit/render.ts';
import { renderPretty } from '../report/pretty.ts';
import type { Strictness } from '../report/strictness.ts';
import type { View } from '../report/view.ts';
import { cannotWrite, writeOutput } from './output.ts';
import { describeTerminal } from './terminal.ts';

const formats = ['pretty', 'json', 'junit', 'github', 'html'] as const;
type Format = (typeof formats)[number];

/** A fresh one each time: commander keeps the value in it. */
export const formatOption = (): Option =>
  new Option('--format <format>', 'how to report').choices(formats).default('pretty');

export const outputDescription = 'write the report to a file';

export interface ReportWanted {
  readonly format: Format;
  readonly output?: string;
}

/** Writes a report in the form that was asked for, to where it was asked for. */
export const writeReport = async (
  report: Report,
  { format, output }: ReportWanted,
  { hosts, targets, registration }: Settings,
  strictness: Strictness,
): Promise<void> => {
  const view: View = { hosts, targets, through: registration.through };
  if (format === 'github') await writeForGithub(report, view, strictness, output);
  else await writeOutput(rendered[format](report, view, strictness, output === undefined), output);
};

type Render = (report: Report, view: View, strictness: Strictness, toTerminal: boolean) => string;

const rendered: Readonly<Record<Exclude<Format, 'github'>, Render>> = {
  pretty: (report, view, _, toTerminal) => {
    const { color, width } = describeTerminal(process.stdout, process.env);
    return renderPretty(report, { ...view, width, color: color && toTerminal });
  },
  json: renderJson,
  junit: renderJunit,
  html: renderHtml,
};

/**
 * Annotations are commands to the runner, so they go to stdout; the summary goes to the job's file, which the runner names.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
const writeForGithub = async (
  report: Report,
  view: View,
  strictness: Strictness,
  output: string | undefined,
): Promise<void> => {
  process.stdout.write(annotations(report, view, strictness));
  const text = summary(report, view);
  const { GITHUB_STEP_SUMMARY: file = '' } = process.env;
  if (output !== undefined || file === '') await writeOutput(text, output);
  else await appendFile(file, text).catch(cannotWrite(`the job's summary ${file}`));
};
