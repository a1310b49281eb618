import { Option } from 'commander';
import type { Settings } from '../config/settings.ts';
import type { Strictness } from '../model/predicates.ts';
import type { Report } from '../model/report.ts';
import { renderBrief } from '../report/brief.ts';
import { annotations } from '../report/github/annotations.ts';
import { summary } from '../report/github/summary.ts';
import { renderHtml } from '../report/html/page.ts';
import { renderJson } from '../report/json.ts';
import { renderJunit } from '../report/junit/render.ts';
import { type PrettyOptions, renderPretty } from '../report/pretty.ts';
import type { View } from '../report/view.ts';
import { failOnKnownWords } from '../wording/known.ts';
import { type Output, openAppended, openOutput } from './output.ts';
import { print, say } from './print.ts';
import { describeTerminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export const formats = ['pretty', 'json', 'junit', 'github', 'html', 'brief'] as const;
type Format = (typeof formats)[number];

/** A new one for each command, because commander stores the value in it. */
export const formatOption = (): Option =>
  new Option('--format <format>', 'format of the report').choices(formats).default('pretty');

interface DetailFlags {
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

export const verboseOption = (): Option =>
  new Option('--verbose', 'also show each request that passes, with its phases').conflicts('quiet');
export const quietOption = (): Option => new Option('--quiet', 'show only the verdict and its reason');

/** @throws UsageError with another format, which has no such parts */
const detailOf = ({ format, verbose, quiet }: ReportWanted): Detail => {
  if (verbose !== true && quiet !== true) return {};
  if (format !== 'pretty')
    throw new UsageError(`--${verbose === true ? 'verbose' : 'quiet'} is for --format pretty, not for ${format}`);
  return { detail: verbose === true ? 'verbose' : 'quiet' };
};

type Detail = Pick<PrettyOptions, 'detail'>;

export const outputDescription = 'write the report to a file; - is standard output';

export interface ReportWanted extends DetailFlags {
  readonly format: Format;
  readonly output?: string;
}

/** A format, and a place that is writable. */
export interface ReportPlace extends Detail {
  readonly format: Format;
  readonly output: Output;
}

/** Opens the report's place before the work starts. @param files other files of the same command. @throws UsageError */
export const openReport = async (
  wanted: ReportWanted,
  files: readonly (string | undefined)[],
): Promise<ReportPlace> => {
  const { format, output } = wanted;
  const detail = detailOf(wanted);
  const { GITHUB_STEP_SUMMARY: summaryFile = '' } = process.env;
  if (format === 'github' && output === undefined && summaryFile !== '')
    return { format, output: await openAppended(summaryFile, `the job's summary ${summaryFile}`) };
  return { format, ...detail, output: await openOutput(output, files) };
};

export interface Shown {
  readonly report: Report;
  readonly settings: Settings;
  readonly strictness: Strictness;
}

/** Writes the report in its format to its place. @throws UsageError when it cannot be written */
export const writeReport = async (
  { report, settings, strictness }: Shown,
  { format, output, ...detail }: ReportPlace,
  stop: AbortSignal,
): Promise<void> => {
  const { hosts, targets, registration, file } = settings;
  const view: View = { hosts, targets, through: registration.through, ...(file === undefined ? {} : { file }) };
  if (format === 'github') {
    // Annotations are commands to the runner, so they go to stdout; the summary goes to the job's summary file.
    // https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    await print(annotations(report, view, strictness));
    await output.write(summary(report, view), stop);
  } else await output.write(rendered[format](report, { ...view, ...detail }, strictness, output.isStandard), stop);
  const why = failOnKnownWords(report, strictness);
  if (why !== '') say(why);
};

type Render = (report: Report, view: View & Detail, strictness: Strictness, toTerminal: boolean) => string;

const rendered: Readonly<Record<Exclude<Format, 'github'>, Render>> = {
  pretty: (report, view, _, toTerminal) => {
    const { color, width } = describeTerminal(process.stdout, process.env);
    return renderPretty(report, { ...view, width, color: color && toTerminal });
  },
  json: renderJson,
  junit: renderJunit,
  html: renderHtml,
  brief: renderBrief,
};
