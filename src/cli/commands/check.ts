import { Command } from 'commander';
import type { Settings } from '../../config/settings.ts';
import { runCycle } from '../../cycle.ts';
import type { History } from '../../platform/history.ts';
import { rememberedHistory } from '../../track.ts';
import { expectVersion } from '../../wait-for.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { type FailOnFlags, failOnKnownOption, failOnOption, strictnessOf } from '../fail-on.ts';
import { formatOption, outputDescription, type ReportWanted, writeReport } from '../formats.ts';
import { loadInputs } from '../inputs.ts';
import { collect, parseDuration } from '../parse.ts';
import { createProgress } from '../progress.ts';
import { publish } from '../publish.ts';
import {
  generationOption,
  mlflowOption,
  paceOption,
  type SandboxFlags,
  scenarioOption,
  withSandbox,
} from '../sandboxed.ts';
import { openStore } from '../state-place.ts';
import { UsageError } from '../usage-error.ts';
import { awaitVersion } from '../wait-for.ts';

interface CheckOptions extends ReportWanted, FailOnFlags, SandboxFlags {
  readonly config?: string;
  readonly target: readonly string[];
  readonly skipRegistration?: boolean;
  readonly waitFor?: string;
  readonly waitLimit: number;
  readonly deadline?: number;
  readonly baseline?: string;
  readonly state?: string;
  readonly publishMetrics?: boolean;
  readonly sandbox?: boolean;
}

export const checkCommand = (exit: (code: number) => void): Command =>
  new Command('check')
    .description('probe the platform once, and say what fails, in which phase and who answered')
    .option('--config <file>', 'configuration; without it the defaults, and the key from HOKUSAI_API_KEY')
    .option(
      '--target <id>',
      'only this target, all of this host, or registration for the flow; can be repeated',
      collect,
      [],
    )
    .option('--skip-registration', 'leave the model-registration flow out')
    .addOption(formatOption())
    .option('--output <file>', outputDescription)
    .option('--wait-for <version>', 'first wait until the API serves this version on all its paths')
    .option('--wait-limit <duration>', 'how long to wait for it', parseDuration, parseDuration('10m'))
    .option('--deadline <duration>', 'end the cycle then; what is unfinished is inconclusive', parseDuration)
    .option('--baseline <file>', 'a saved JSON report: what failed there in the same way is known')
    .addOption(failOnOption())
    .addOption(failOnKnownOption())
    .option(
      '--state <place>',
      "what watch or the Lambda remember, for since when: a file, or dynamodb:TABLE; else the user's own",
    )
    .option('--publish-metrics', 'send the metrics to CloudWatch, with the credentials of the environment')
    .option('--sandbox', 'check the embedded sandbox instead of the platform')
    .addOption(scenarioOption())
    .addOption(generationOption())
    .addOption(mlflowOption())
    .addOption(paceOption())
    .action(async (options: CheckOptions) => exit(await check(options)));

const check = (options: CheckOptions): Promise<number> => {
  if (options.sandbox !== true) {
    if (options.scenario.length > 0)
      throw new UsageError('--scenario breaks the sandbox, so it goes with --sandbox (npm start does both)');
    return checkWith(options, options.config ?? null);
  }
  if (options.config !== undefined) throw new UsageError('--sandbox brings its own configuration: leave --config out');
  return withSandbox(options, ({ configurationFile }) => checkWith(options, configurationFile));
};

const checkWith = async (options: CheckOptions, configuration: string | null): Promise<number> => {
  const inputs = await loadInputs({
    configuration,
    targets: options.target,
    skipRegistration: options.skipRegistration ?? false,
    baseline: options.baseline ?? null,
  });
  const { waitFor, waitLimit } = options;
  const settings = waitFor === undefined ? inputs.settings : expectVersion(inputs.settings, waitFor);
  const awaited = waitFor === undefined ? true : await awaitVersion({ ...inputs, settings }, waitFor, waitLimit);
  const progress = createProgress(process.stderr, settings, inputs);
  const report = await runCycle({
    ...inputs,
    settings,
    deadlineMs: options.deadline ?? settings.limits.deadlineMs,
    history: historyFor(options, settings),
    onOutcome: progress.showOutcome,
    onStep: progress.showStep,
  });
  progress.end();
  const strictness = strictnessOf(options);
  await writeReport(report, options, settings, strictness);
  const published = options.publishMetrics === true ? await publish(report, settings) : true;
  const exitCode = published ? exitCodeOf(report, strictness) : exitCodes.monitor;
  // What the check saw can be known, or can have left the routes out that name the version: it was waited for all the same.
  return exitCode === exitCodes.fine && !awaited ? exitCodes.failing : exitCode;
};

/** A sandbox of one's own has none, unless it is named. */
const historyFor = async ({ state, sandbox }: CheckOptions, settings: Settings): Promise<History | null> => {
  if (sandbox === true && state === undefined) return null;
  const store = await openStore(state, process.env);
  return rememberedHistory(settings, { store, now: Date.now }, ({ message }) =>
    process.stderr.write(`since when is not known: ${message}\n`),
  );
};
