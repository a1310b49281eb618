import { Command } from 'commander';
import { verdictOf } from '../../classify/outcome.ts';
import type { Settings } from '../../config/settings.ts';
import { doubtOf } from '../../diagnose/baseline-doubt.ts';
import { diagnose } from '../../diagnose/diagnose.ts';
import { withFindings } from '../../diagnose/findings.ts';
import { withSenders } from '../../diagnose/senders.ts';
import { diagnoseKnown } from '../../diagnose/still-failing.ts';
import { sizeLimits } from '../../files/size-limits.ts';
import { idsOf, isPartlyUnseen } from '../../model/predicates.ts';
import type { Report } from '../../model/report.ts';
import { requests } from '../../model/requests.ts';
import { compare, comparisonJson, isWorse, renderComparison } from '../../report/compare.ts';
import { few } from '../../wording/count.ts';
import { plainText } from '../../wording/plain-text.ts';
import { readable } from '../ascii.ts';
import type { Context } from '../context.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { type FailOnFlags, failOnKnownOption, failOnOption, strictnessOf } from '../fail-on.ts';
import { formatOption, openReport, quietOption, type ReportWanted, verboseOption, writeReport } from '../formats.ts';
import { assertApart, readFile, readSettings } from '../inputs.ts';
import { writeEach } from '../output.ts';
import { outputOption } from '../output-formats.ts';
import { notEmpty } from '../parse.ts';
import { say } from '../print.ts';
import { parseReport, type SavedReport } from '../saved-report.ts';
import { describeTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

interface ReplayOptions extends ReportWanted, FailOnFlags {
  readonly config?: string;
}

export const replayCommand = ({ exit, interrupt }: Context): Command =>
  new Command('replay')
    .description(
      'diagnose a saved report again, show it in any format, and list the parts that cannot be used; with two reports, show what changed',
    )
    .argument('<report>', 'a JSON report, as check --format json --output FILE saves it; - is standard input', notEmpty)
    .argument(
      '[later]',
      'a later report, to compare: exits with 1 if it has a failure that the first does not have',
      notEmpty,
    )
    .option(
      '--config <file>',
      'the configuration of that check, for the paths of its targets; default: the built-in targets',
      notEmpty,
    )
    .addOption(formatOption())
    .addOption(outputOption())
    .addOption(verboseOption())
    .addOption(quietOption())
    .addOption(failOnOption())
    .addOption(failOnKnownOption())
    .action(async (file: string, later: string | undefined, options: ReplayOptions) => {
      assertApart(options.config ?? null, file);
      if (later !== undefined) return exit(await compared([file, later], options, interrupt.signal));
      const settings = await readSettings(options.config ?? null);
      const { report, unused } = await readReport(file, settings);
      const places = await openReport(options, [options.config, file]);
      for (const note of unused) say(`not used: ${note}`);
      const strictness = strictnessOf(options);
      await writeReport({ report, settings, strictness }, places, interrupt.signal);
      exit(exitCodeOf(report, strictness));
    });

/** Compares two reports. @returns the exit code */
const compared = async (
  [file, later]: readonly [string, string],
  options: ReplayOptions,
  stop: AbortSignal,
): Promise<number> => {
  assertApart(options.config ?? null, later);
  assertApart(file, later);
  const settings = await readSettings(options.config ?? null);
  const [before, after] = [await readReport(file, settings), await readReport(later, settings)];
  const { places } = await openReport(options, [options.config, file, later]);
  const other = places.find(({ format }) => format !== 'pretty' && format !== 'json');
  if (other !== undefined)
    throw new UsageError(`replay ${file} ${later}: a comparison has the formats pretty and json, not ${other.format}`);
  for (const [name, { unused }] of [[file, before] as const, [later, after] as const])
    for (const note of unused) say(`${name}: not used: ${note}`);
  const { hosts, targets, registration } = settings;
  const comparison = compare(before.report, after.report, { hosts, targets, through: registration.through });
  const { width } = describeTerminal(process.stdout, process.env);
  await writeEach(
    places.map(({ format, output }) => () => {
      const text = format === 'json' ? comparisonJson(comparison) : renderComparison(comparison, width);
      return output.write(format === 'pretty' && output.isStandard ? readable(text) : text, stop);
    }),
  );
  return isWorse(comparison) ? exitCodes.failing : exitCodes.fine;
};

interface Replayed {
  readonly report: Report;
  /** Parts of the saved report that could not be used, a phrase each. */
  readonly unused: readonly string[];
}

/** Diagnoses a saved report again. Throws with the reason when none of it can be used. */
export const replayed = (text: string, settings: Settings): Replayed => {
  const { report, unused } = parseReport(text);
  const saved = withSenders(withDoubt(report, settings), settings.targets);
  const fresh = { ...saved, diagnosis: diagnose(saved, settings.targets, saved.history) };
  const { stillFailing } = diagnoseKnown(saved, settings.targets, saved.history);
  const { findings } = saved.confirmation ?? { findings: [] };
  return {
    report: {
      ...fresh,
      verdict: judgedAgain(fresh),
      diagnosis: withFindings(fresh, settings.targets, findings),
      ...(stillFailing === undefined ? {} : { stillFailing }),
    },
    unused: [...unused, ...unknownTargets(saved, settings)],
  };
};

/** The saved verdict, which may rest on what is unreadable now; but where something was not seen, it follows the diagnosis. */
const judgedAgain = ({ verdict, diagnosis, ...results }: Omit<Report, 'stillFailing'>): Report['verdict'] => {
  const isNamed = diagnosis.faults.length > 0;
  const isOpen = verdict === 'inconclusive' ? isNamed : !isNamed && isPartlyUnseen(requests(results));
  return isOpen && verdict !== 'failing' ? verdictOf(results, diagnosis) : verdict;
};

/** Earlier versions did not doubt the baseline. What they saved still shows part of it. */
const withDoubt = (report: SavedReport['report'], { targets }: Settings): SavedReport['report'] => {
  const doubt = report.baselineDoubt === undefined ? doubtOf(report, targets, []) : null;
  return doubt === null ? report : { ...report, baselineDoubt: doubt };
};

const readReport = async (file: string, settings: Settings): Promise<Replayed> => {
  const text = await readFile(file, 'the report', sizeLimits.report);
  try {
    return replayed(text, settings);
  } catch (error) {
    throw new UsageError(
      `the report ${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

/** They are shown, but their hops are unknown. */
const unknownTargets = (saved: SavedReport['report'], { targets }: Settings): readonly string[] => {
  const known = new Set(targets.map(({ id }) => id));
  const unknown = idsOf(requests(saved).filter(({ kind, id }) => kind === 'target' && !known.has(id)));
  if (unknown.length === 0) return [];
  return [`in the diagnosis, because the configuration has no such targets: ${few(unknown.map(plainText), 6)}`];
};
