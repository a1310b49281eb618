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
import { readable } from './ascii.ts';
import { assertDistinct, type Output, openAppended, openOutput, writeEach } from './output.ts';
import {
  type Endings,
  formatOptionOf,
  isStandardOutput,
  type OutputFlags,
  type OutputWanted,
  wantedOutputs,
} from './output-formats.ts';
import { printExact, say } from './print.ts';
import { describeTerminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export const formats = ['pretty', 'json', 'junit', 'github', 'html', 'brief'] as const;
type Format = (typeof formats)[number];

export const formatOption = (): Option => formatOptionOf(formats);

/** GitHub's job summary is Markdown, which other places show as well. */
const endings: Endings<Format> = {
  '.json': 'json',
  '.html': 'html',
  '.xml': 'junit',
  '.md': 'github',
  '.txt': 'pretty',
};

interface DetailFlags {
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

export const verboseOption = (): Option =>
  new Option('--verbose', 'also show each request that passes, with its phases').conflicts('quiet');
export const quietOption = (): Option => new Option('--quiet', 'show only the verdict and its reason');

/** @throws UsageError when no output has these parts */
const detailOf = ({ verbose, quiet }: DetailFlags, wanted: readonly OutputWanted<Format>[]): Detail => {
  if (verbose !== true && quiet !== true) return {};
  if (wanted.every(({ format }) => format !== 'pretty'))
    throw new UsageError(
      `--${verbose === true ? 'verbose' : 'quiet'} is for --format pretty, not for ${[...new Set(wanted.map(({ format }) => format))].join(' and ')}`,
    );
  return { detail: verbose === true ? 'verbose' : 'quiet' };
};

type Detail = Pick<PrettyOptions, 'detail'>;

export interface ReportWanted extends DetailFlags, OutputFlags<Format> {}

/** A format, and a place that is writable. */
interface ReportPlace {
  readonly format: Format;
  readonly output: Output;
}

export interface ReportPlaces {
  readonly places: readonly ReportPlace[];
  /** Whether standard output gets GitHub's annotations: a file that ends in .md gets the summary alone. */
  readonly annotates: boolean;
  readonly detail: Detail;
}

/** Opens the report's places before the work starts. @param files other files of the same command. @throws UsageError */
export const openReport = async (
  flags: ReportWanted,
  files: readonly (string | undefined)[],
): Promise<ReportPlaces> => {
  const wanted = wantedOutputs(flags, endings, 'pretty');
  const detail = detailOf(flags, wanted);
  const { GITHUB_STEP_SUMMARY: summaryFile = '' } = process.env;
  const inJob = (one: OutputWanted<Format>): boolean =>
    one.format === 'github' && summaryFile !== '' && (one.said === undefined || isStandardOutput(one.said));
  if (wanted.length > 1) await assertDistinct(wanted.flatMap((one) => (inJob(one) ? [summaryFile] : (one.said ?? []))));
  const places: ReportPlace[] = [];
  for (const one of wanted)
    places.push({
      format: one.format,
      output: inJob(one)
        ? await openAppended(summaryFile, `the job's summary ${summaryFile}`)
        : await openOutput(one.said, files),
    });
  return { places, annotates: flags.format === 'github', detail };
};

export interface Shown {
  readonly report: Report;
  readonly settings: Settings;
  readonly strictness: Strictness;
}

/** Writes the report to each of its places. One that fails costs no other. @throws UsageError when one cannot be written */
export const writeReport = async (
  { report, settings, strictness }: Shown,
  { places, annotates, detail }: ReportPlaces,
  stop: AbortSignal,
): Promise<void> => {
  const { hosts, targets, registration, file } = settings;
  const view: View = { hosts, targets, through: registration.through, ...(file === undefined ? {} : { file }) };
  await writeEach([
    // Annotations are commands to the runner, so they go to stdout; the summary goes to the job's summary file.
    // https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    ...(annotates ? [() => printExact(annotations(report, view, strictness))] : []),
    ...places.map(
      ({ format, output }) =>
        () =>
          output.write(rendered[format](report, { ...view, ...detail }, strictness, output.isStandard), stop),
    ),
  ]);
  const why = failOnKnownWords(report, strictness);
  if (why !== '') say(why);
};

type Render = (report: Report, view: View & Detail, strictness: Strictness, toTerminal: boolean) => string;

const rendered: Readonly<Record<Format, Render>> = {
  pretty: (report, view, _, toTerminal) => {
    const { color, width } = describeTerminal(process.stdout, process.env);
    if (!toTerminal) return renderPretty(report, { ...view, width, color: false });
    return readable(renderPretty(report, { ...view, width, color }));
  },
  json: renderJson,
  junit: renderJunit,
  github: summary,
  html: renderHtml,
  brief: renderBrief,
};
