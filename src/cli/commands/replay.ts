import { Command } from 'commander';
import type { Settings } from '../../config/settings.ts';
import { diagnose } from '../../diagnose/diagnose.ts';
import { sizeLimits } from '../../files/size-limits.ts';
import type { Report } from '../../platform/report.ts';
import { few, plainText } from '../../report/plain-text.ts';
import type { Context } from '../context.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { type FailOnFlags, failOnKnownOption, failOnOption, strictnessOf } from '../fail-on.ts';
import { formatOption, openReport, outputDescription, type ReportWanted, writeReport } from '../formats.ts';
import { assertApart, readFile, readSettings } from '../inputs.ts';
import { notEmpty } from '../parse.ts';
import { say } from '../print.ts';
import { parseReport, type SavedReport } from '../saved-report.ts';
import { UsageError } from '../usage-error.ts';

interface ReplayOptions extends ReportWanted, FailOnFlags {
  readonly config?: string;
}

export const replayCommand = ({ exit, interrupt }: Context): Command =>
  new Command('replay')
    .description('diagnose a saved report again, show it in any format, and say what of it cannot be used')
    .argument('<report>', 'a JSON report, as check --format json --output FILE saves it; - is standard input', notEmpty)
    .option(
      '--config <file>',
      "the configuration of then, for the ways of its targets; without it the defaults'",
      notEmpty,
    )
    .addOption(formatOption())
    .option('--output <file>', outputDescription, notEmpty)
    .addOption(failOnOption())
    .addOption(failOnKnownOption())
    .action(async (file: string, options: ReplayOptions) => {
      assertApart(options.config ?? null, file);
      const settings = await readSettings(options.config ?? null);
      const { report: saved, unused } = await readReport(file);
      const place = await openReport(options, [options.config, file]);
      const notes = [...unused, ...unknownTargets(saved, settings)];
      for (const note of notes) say(`not used: ${note}`);
      const report: Report = { ...saved, diagnosis: diagnose(saved, settings.targets, saved.history) };
      const strictness = strictnessOf(options);
      await writeReport({ report, settings, strictness }, place, interrupt.signal);
      exit(exitCodeOf(report, strictness));
    });

const readReport = async (file: string): Promise<SavedReport> => {
  const text = await readFile(file, 'the report', sizeLimits.report);
  try {
    return parseReport(text);
  } catch (error) {
    throw new UsageError(
      `the report ${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

/** They are shown, but nobody knows which hops they cross. */
const unknownTargets = ({ outcomes }: SavedReport['report'], { targets }: Settings): readonly string[] => {
  const known = new Set(targets.map(({ id }) => id));
  const unknown = outcomes.map(({ target }) => target).filter((target) => !known.has(target));
  if (unknown.length === 0) return [];
  return [`for the diagnosis, as the configuration has no such targets: ${few(unknown.map(plainText), 6)}`];
};
