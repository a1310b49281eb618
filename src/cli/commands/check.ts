import { Command, Option } from 'commander';
import { limitRanges } from '../../config/limit-ranges.ts';
import type { Settings } from '../../config/settings.ts';
import { expectVersion } from '../../cycle/wait-for.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import type { Report } from '../../model/report.ts';
import { type Memory, monitor } from '../../monitor/monitor.ts';
import { prepare } from '../../monitor/prepare.ts';
import { recall } from '../../monitor/recall.ts';
import { confirming, confirmOption, type SandboxAccess, withSandboxAws } from '../confirming.ts';
import type { Context } from '../context.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { type FailOnFlags, failOnKnownOption, failOnOption, strictnessOf } from '../fail-on.ts';
import { type FollowUpFlags, followUpOption, withFollowUp } from '../follow-up.ts';
import { formatOption, openReport, quietOption, type ReportWanted, verboseOption, writeReport } from '../formats.ts';
import { readInputs } from '../inputs.ts';
import type { Interrupt, Section } from '../interrupt.ts';
import { cycleSection, type Whereabouts, whatIsLeft } from '../left-behind.ts';
import { outputOption } from '../output-formats.ts';
import { collect, durationBetween, longestWaitMs, notEmpty, parseVersion } from '../parse.ts';
import { say } from '../print.ts';
import { createProgress } from '../progress.ts';
import { sayProxyNote } from '../proxy-note.ts';
import { isPublished, publishing } from '../publish.ts';
import { saySandboxNote } from '../sandbox-note.ts';
import {
  assertSandboxed,
  generationOption,
  mlflowOption,
  paceOption,
  type SandboxFlags,
  scenarioOption,
  withSandbox,
} from '../sandboxed.ts';
import { secretSources } from '../secret-sources.ts';
import { openPlace } from '../state-place.ts';
import { UsageError } from '../usage-error.ts';
import { awaitVersion } from '../wait-for.ts';

interface CheckOptions extends ReportWanted, FailOnFlags, FollowUpFlags, SandboxFlags {
  readonly config?: string;
  readonly target: readonly string[];
  readonly skipRegistration?: boolean;
  readonly waitFor?: string;
  readonly waitLimit: number;
  readonly deadline?: number;
  readonly baseline?: string;
  readonly state?: string;
  readonly publishMetrics?: boolean;
  readonly confirm?: boolean;
  readonly sandbox?: boolean;
}

const { least, most } = limitRanges.deadlineMs;
const parseDeadline = durationBetween(least, most);
const parseWait = durationBetween(1, longestWaitMs);

export const checkCommand = (context: Context): Command =>
  new Command('check')
    .description('probe the platform once, and report what fails, in which phase, and which component answered')
    .option(
      '--config <file>',
      'configuration file; default: the built-in targets, and the key from HOKUSAI_API_KEY',
      notEmpty,
    )
    .addOption(
      new Option('--target <id>', 'only this target or host, or registration for the flow; repeatable')
        .argParser(collect)
        .default([], 'all'),
    )
    .option('--skip-registration', 'skip the model-registration flow')
    .addOption(followUpOption())
    .addOption(formatOption())
    .addOption(outputOption())
    .addOption(verboseOption())
    .addOption(quietOption())
    .option('--wait-for <version>', 'first wait until the API serves this version on all its paths', parseVersion)
    .addOption(
      new Option('--wait-limit <duration>', 'longest wait for this version')
        .argParser(parseWait)
        .default(parseWait('10m'), '10m'),
    )
    .option(
      '--deadline <duration>',
      'end the cycle after this time; unfinished requests are inconclusive',
      parseDeadline,
    )
    .option('--baseline <file>', 'a saved JSON report; failures that it already has are known', notEmpty)
    .addOption(failOnOption())
    .addOption(failOnKnownOption())
    .option(
      '--state <place>',
      "incidents of watch or the Lambda, to show when failures began: a file or dynamodb:TABLE; default: a file in the user's state folder",
      notEmpty,
    )
    .addOption(confirmOption())
    .option('--publish-metrics', 'send the metrics to CloudWatch, with the credentials of the environment')
    .option('--sandbox', 'check the embedded sandbox instead of the platform')
    .addOption(scenarioOption())
    .addOption(generationOption())
    .addOption(mlflowOption())
    .addOption(paceOption())
    .action(async (options: CheckOptions, command: Command) => {
      if (options.sandbox !== true) assertSandboxed(command);
      context.exit(await check(options, context));
    });

const check = (options: CheckOptions, { interrupt }: Context): Promise<number> => {
  const { sandbox, config, mlflow } = options;
  if (sandbox !== true) {
    const configuration = config ?? null;
    return checkWith(options, configuration, { interrupt, where: { configuration }, aws: null });
  }
  if (config !== undefined) throw new UsageError('--sandbox brings its own configuration: leave --config out');
  return withSandbox(options, ({ configurationFile }) => {
    const checked = (aws: SandboxAccess) =>
      checkWith(options, configurationFile, { interrupt, where: mlflow === undefined ? 'sandbox' : 'mlflow', aws });
    return options.confirm === true ? withSandboxAws(options.scenario, checked) : checked(null);
  });
};

interface Run {
  readonly interrupt: Interrupt;
  /** Where the flow creates its objects. */
  readonly where: Whereabouts;
  /** The sandbox's AWS; null: the environment's. */
  readonly aws: SandboxAccess;
}

const checkWith = async (
  options: CheckOptions,
  configuration: string | null,
  { interrupt, where, aws }: Run,
): Promise<number> => {
  const files = await readInputs({
    configuration,
    targets: options.target,
    skipRegistration: options.skipRegistration ?? false,
    baseline: options.baseline ?? null,
  });
  const { apiKey } = files.settings;
  const keyFile = apiKey?.from === 'file' ? apiKey.path : undefined;
  const places = await openReport(options, [options.config, options.baseline, options.state, keyFile]);
  const store = await storeFor(options);
  const { waitFor, waitLimit } = options;
  const asked = withFollowUp(files.settings, options);
  const settings = waitFor === undefined ? asked : expectVersion(asked, waitFor);
  // Last, because it may call AWS.
  const prepared = await prepare({ ...files, settings }, secretSources(process.env));
  const stop = interrupt.signal;
  const awaited =
    waitFor === undefined || (await interrupt.during(waiting, () => awaitVersion(prepared, waitFor, waitLimit, stop)));
  if (stop.aborted) return interrupt.exitCode() ?? exitCodes.monitor;
  const section = cycleSection(where);
  return interrupt.during(section, async () => {
    const progress = createProgress(process.stderr, settings, prepared);
    const strictness = strictnessOf(options);
    const asWaited = (report: Report): Report =>
      waitFor === undefined
        ? report
        : { ...report, awaited: { version: waitFor, served: awaited, limitMs: waitLimit } };
    let ended = null as number | null;
    const { report, published } = await monitor({
      ...prepared,
      deadlineMs: options.deadline ?? settings.limits.deadlineMs,
      confirm: options.confirm === true ? confirming(prepared, aws) : null,
      memory: memoryFor(store, settings, options.state),
      stop,
      onOutcome: progress.showOutcome,
      onStep: progress.showStep,
      onFlow: section.onFlow,
      show: async (seen) => {
        progress.end();
        if (stop.aborted) for (const line of whatIsLeft(seen, where)) say(line);
        await writeReport({ report: asWaited(seen), settings, strictness }, places, stop);
        sayProxyNote(seen, settings);
        if (options.sandbox === true && options.format !== 'brief') saySandboxNote(seen, options);
        ended = interrupt.exitCode();
        // The gaps of an interrupted cycle would look like failures of the platform.
        return ended === null;
      },
      publish: options.publishMetrics === true ? publishing(prepared) : null,
    });
    if (ended !== null) return ended;
    return isPublished(published) ? exitCodeOf(asWaited(report), strictness) : exitCodes.monitor;
  });
};

const waiting: Section = { says: () => 'no longer waiting', left: () => [] };

/** Null: a sandbox has no state, unless --state is given. */
const storeFor = async ({ state, sandbox }: CheckOptions): Promise<IncidentStore | null> =>
  sandbox === true && state === undefined ? null : (await openPlace(state, process.env)).store;

const memoryFor = (store: IncidentStore | null, settings: Settings, said: string | undefined): Memory | null => {
  if (store === null) return null;
  const { environment } = settings;
  let isKnown = true;
  const onTrouble = ({ message }: Error): void => {
    isKnown = false;
    say(`cannot determine when failures began: ${message}`);
  };
  const { history, expecting } = recall(settings, { store, now: Date.now }, { onTrouble });
  // An explicit --state without cycles is probably the wrong one.
  const told = history.then((found) => {
    if (found === null && isKnown && said !== undefined)
      say(`cannot determine when failures began: ${said} has no cycles of ${environment}; is it the right place?`);
    return found;
  });
  return { history: told, expecting };
};
