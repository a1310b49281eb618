import { Command, Option } from 'commander';
import type { Settings } from '../../config/settings.ts';
import { diagnose } from '../../diagnose/diagnose.ts';
import type { Report } from '../../platform/report.ts';
import { renderJson } from '../../report/json.ts';
import { few, plainText } from '../../report/plain-text.ts';
import { renderPretty } from '../../report/pretty.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { readSettings, readText } from '../inputs.ts';
import { parseReport, type SavedReport } from '../saved-report.ts';
import { describeTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

interface ReplayOptions {
  readonly config?: string;
  readonly format: 'pretty' | 'json';
}

export const replayCommand = (exit: (code: number) => void): Command =>
  new Command('replay')
    .description('diagnose a saved report again, and say what of it cannot be used')
    .argument('<report>', 'a JSON report, as check --format json --output FILE saves it')
    .option('--config <file>', "the configuration of then, for the ways of its targets; without it the defaults'")
    .addOption(new Option('--format <format>', 'how to report').choices(['pretty', 'json']).default('pretty'))
    .action(async (file: string, { config, format }: ReplayOptions) => {
      const settings = await readSettings(config ?? null);
      const { report: saved, unused } = await readReport(file);
      const notes = [...unused, ...unknownTargets(saved, settings)];
      for (const note of notes) process.stderr.write(`not used: ${note}\n`);
      const report: Report = { ...saved, diagnosis: diagnose(saved, settings.targets, saved.history) };
      process.stdout.write(format === 'json' ? renderJson(report, settings.hosts) : pretty(report, settings));
      exit(exitCodeOf(report.verdict, false));
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

const pretty = (report: Report, { hosts, targets, registration }: Settings): string =>
  renderPretty(report, {
    ...describeTerminal(process.stdout, process.env),
    hosts,
    targets,
    through: registration.through,
  });
