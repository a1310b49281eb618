import { Command, Option } from 'commander';
import type { Settings } from '../../config/settings.ts';
import { runCycle } from '../../cycle.ts';
import type { Report } from '../../platform/report.ts';
import { renderJson } from '../../report/json.ts';
import { renderPretty } from '../../report/pretty.ts';
import type { GenerationName } from '../../sandbox/generations.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { loadInputs } from '../inputs.ts';
import { collect, parseDuration } from '../parse.ts';
import { createProgress } from '../progress.ts';
import { publish } from '../publish.ts';
import { generationOption, mlflowOption, paceOption, scenarioOption, withSandbox } from '../sandboxed.ts';
import { describeTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { expectVersion, waitForVersion } from '../wait-for.ts';
import { writeReport } from '../write-report.ts';

const formats = ['pretty', 'json'] as const;

interface CheckOptions {
  readonly config?: string;
  readonly target: readonly string[];
  readonly skipRegistration?: boolean;
  readonly format: (typeof formats)[number];
  readonly output?: string;
  readonly waitFor?: string;
  readonly waitLimit: number;
  readonly deadline?: number;
  readonly baseline?: string;
  readonly failOn: 'failing' | 'degraded';
  readonly publishMetrics?: boolean;
  readonly sandbox?: boolean;
  readonly scenario: readonly string[];
  readonly generation: GenerationName;
  readonly mlflow?: string;
  readonly pace: number;
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
    .addOption(new Option('--format <format>', 'how to report').choices(formats).default('pretty'))
    .option('--output <file>', 'write the report to a file')
    .option('--wait-for <version>', 'first wait until the API serves this version on all its paths')
    .option('--wait-limit <duration>', 'how long to wait for it', parseDuration, parseDuration('10m'))
    .option('--deadline <duration>', 'end the cycle then; what is unfinished is inconclusive', parseDuration)
    .option('--baseline <file>', 'a saved JSON report: what failed there in the same way is known')
    .addOption(
      new Option('--fail-on <verdict>', 'exit 1 from here on').choices(['failing', 'degraded']).default('failing'),
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
  const settings = options.waitFor === undefined ? inputs.settings : expectVersion(inputs.settings, options.waitFor);
  if (options.waitFor !== undefined) await waitForVersion({ ...inputs, settings }, options.waitFor, options.waitLimit);
  const terminal = describeTerminal(process.stdout, process.env);
  const progress = createProgress(process.stderr, settings, inputs);
  const report = await runCycle({
    ...inputs,
    settings,
    deadlineMs: options.deadline ?? settings.limits.deadlineMs,
    onOutcome: progress.showOutcome,
    onStep: progress.showStep,
  });
  progress.end();
  await writeReport(render(report, options, settings, terminal), options.output);
  const published = options.publishMetrics === true ? await publish(report, settings) : true;
  return published ? exitCodeOf(report.verdict, options.failOn === 'degraded') : exitCodes.monitor;
};

const render = (
  report: Report,
  { format, output }: CheckOptions,
  settings: Settings,
  terminal: { readonly color: boolean; readonly width: number },
): string =>
  format === 'json'
    ? renderJson(report)
    : renderPretty(report, {
        ...terminal,
        color: terminal.color && output === undefined,
        hosts: settings.hosts,
        targets: settings.targets,
        through: settings.registration.through,
      });
