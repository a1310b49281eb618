import { Command } from 'commander';
import type { Settings } from '../../config/settings.ts';
import { diagnose } from '../../diagnose/diagnose.ts';
import type { Report } from '../../platform/report.ts';
import { few, plainText } from '../../report/plain-text.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { type FailOnFlags, failOnKnownOption, failOnOption, strictnessOf } from '../fail-on.ts';
import { formatOption, outputDescription, type ReportWanted, writeReport } from '../formats.ts';
import { readSettings, readText } from '../inputs.ts';
import { parseReport, type SavedReport } from '../saved-report.ts';
import { UsageError } from '../usage-error.ts';

interface ReplayOptions extends ReportWanted, FailOnFlags {
  readonly config?: string;
}

export const replayCommand = (exit: (code: number) => void): Command =>
  new Command('replay')
    .description('diagnose a saved report again, show it in any format, and say what of it cannot be used')
    .argument('<report>', 'a JSON report, as check --format json --output FILE saves it')
    .option('--config <file>', "the configuration of then, for the ways of its targets; without it the defaults'")
    .addOption(formatOption())
    .option('--output <file>', outputDescription)
    .addOption(failOnOption())
    .addOption(failOnKnownOption())
    .action(async (file: string, options: ReplayOptions) => {
      const settings = await readSettings(options.config ?? null);
      const { report: saved, unused } = await readReport(file);
      const notes = [...unused, ...unknownTargets(saved, settings)];
      for (const note of notes) process.stderr.write(`not used: ${note}\n`);
      const report: Report = { ...saved, diagnosis: diagnose(saved, settings.targets, saved.history) };
      const strictness = strictnessOf(options);
      await writeReport(report, options, settings, strictness);
      exit(exitCodeOf(report, strictness));
    });

const readReport = async (file: string): Promise<SavedReport> => {
  const text = await readText(file, 'the report');
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
