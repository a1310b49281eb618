import { Command, Option } from 'commander';
import { recheckMs } from '../../config/incidents.ts';
import type { Answers } from '../../confirm/remembered.ts';
import type { Listening } from '../../live/server.ts';
import { type Looking, lookUntilNext } from '../../monitor/looks.ts';
import type { Prepared } from '../../monitor/prepare.ts';
import { plural } from '../../wording/count.ts';
import { lasting } from '../../wording/time.ts';
import { confirming, confirmOption, type SandboxAccess, withSandboxAws } from '../confirming.ts';
import type { Context } from '../context.ts';
import { every, type Missed } from '../every.ts';
import { exitCodes } from '../exit-codes.ts';
import { type FollowUpFlags, followUpOption, withFollowUp } from '../follow-up.ts';
import { loadInputs } from '../inputs.ts';
import type { Interrupt, Section } from '../interrupt.ts';
import { cycleSection, type Whereabouts } from '../left-behind.ts';
import { ownCommand } from '../own-command.ts';
import { collect, durationBetween, longestMs, notEmpty, parseCount } from '../parse.ts';
import { hasNoReader, print, say } from '../print.ts';
import { reachFor } from '../reach.ts';
import {
  assertSandboxed,
  generationOption,
  mlflowOption,
  paceOption,
  type SandboxFlags,
  scenarioOption,
  withSandbox,
} from '../sandboxed.ts';
import { sentenceOf } from '../sentence.ts';
import { openPlace, type StatePlace } from '../state-place.ts';
import { UsageError } from '../usage-error.ts';
import { sendMs, toldBy, watchCycle } from '../watching/cycle.ts';
import { isLoopback, parseListen } from '../watching/listen.ts';
import { type Live, openLive } from '../watching/live.ts';
import { type Opening, openingLines } from '../watching/opening.ts';

interface WatchOptions extends FollowUpFlags, SandboxFlags {
  readonly every: number;
  readonly recheckEvery?: number;
  readonly cycles?: number;
  readonly config?: string;
  readonly state?: string;
  readonly skipRegistration?: boolean;
  readonly baseline?: string;
  readonly publishMetrics?: boolean;
  readonly confirm?: boolean;
  readonly sandbox?: boolean;
  readonly target: readonly string[];
  readonly json?: boolean;
  readonly listen?: Listening;
}

/** Overlapping cycles would disturb each other. */
const shortestMs = 10_000;
const parseEvery = durationBetween(shortestMs, longestMs, 'a cycle takes a few seconds, and loads the platform');

const parseRecheck = durationBetween(recheckMs.least, recheckMs.most);

export const watchCommand = (context: Context): Command =>
  new Command('watch')
    .description('check on a schedule, track incidents, and report their changes')
    .requiredOption('--every <duration>', 'time between the starts of two cycles', parseEvery)
    .option(
      '--recheck-every <duration>',
      'time between two looks at what fails, between the cycles; default: incidents.recheckEvery, 10s',
      parseRecheck,
    )
    .option('--cycles <number>', 'end after this many cycles; default: run until stopped', parseCount)
    .option(
      '--config <file>',
      'configuration file; default: the built-in targets, and the key from HOKUSAI_API_KEY',
      notEmpty,
    )
    .option(
      '--state <place>',
      "where incidents are kept: a file or dynamodb:TABLE; default: a file in the user's state folder",
      notEmpty,
    )
    .addOption(
      new Option('--target <id>', 'only this target or host, or registration for the flow; repeatable')
        .argParser(collect)
        .default([], 'all'),
    )
    .option('--skip-registration', 'skip the model-registration flow')
    .option('--json', 'print each cycle as a JSON object on a line, with its messages')
    .option(
      '--listen <address>',
      'serve a live page, /metrics for Prometheus and /healthz, like 127.0.0.1:9090; it has no login',
      parseListen,
    )
    .addOption(followUpOption())
    .option('--baseline <file>', 'a saved JSON report; failures that it already has are known', notEmpty)
    .addOption(confirmOption())
    .option('--publish-metrics', 'send the metrics to CloudWatch, with the credentials of the environment')
    .option('--sandbox', 'watch the embedded sandbox instead of the platform')
    .addOption(scenarioOption())
    .addOption(generationOption())
    .addOption(mlflowOption())
    .addOption(paceOption())
    .action(async (options: WatchOptions, command: Command) => {
      if (options.sandbox !== true) assertSandboxed(command);
      context.exit(await watch(options, context));
    });

const watch = (options: WatchOptions, { interrupt }: Context): Promise<number> => {
  const { sandbox, config, mlflow } = options;
  if (sandbox !== true) {
    const configuration = config ?? null;
    return watchWith(options, configuration, { interrupt, where: { configuration }, aws: null });
  }
  if (config !== undefined) throw new UsageError('--sandbox brings its own configuration: leave --config out');
  return withSandbox(options, ({ configurationFile }) => {
    const watched = (aws: SandboxAccess) =>
      watchWith(options, configurationFile, { interrupt, where: mlflow === undefined ? 'sandbox' : 'mlflow', aws });
    return options.confirm === true ? withSandboxAws(options.scenario, watched) : watched(null);
  });
};

interface Run {
  readonly interrupt: Interrupt;
  readonly where: Whereabouts;
  /** The sandbox's AWS; null: the environment's. */
  readonly aws: SandboxAccess;
}

const watchWith = async (
  options: WatchOptions,
  configuration: string | null,
  { interrupt, where, aws }: Run,
): Promise<number> => {
  const { every: everyMs, cycles, target, json: isJson = false, publishMetrics: publishes = false } = options;
  const load = async (): Promise<Prepared> => {
    const loaded = await loadInputs({
      configuration,
      targets: target,
      skipRegistration: options.skipRegistration ?? false,
      baseline: options.baseline ?? null,
    });
    const settings = withFollowUp(loaded.settings, options);
    const { recheckEvery: recheckEveryMs = settings.incidents.recheckEveryMs } = options;
    return { ...loaded, settings: { ...settings, incidents: { ...settings.incidents, recheckEveryMs } } };
  };
  const inputs = await load();
  const { environment } = inputs.settings;
  const place = await openPlace(options.state, process.env);
  await place.assertKeepable(environment);
  const live = await liveOf(options, inputs, place);
  try {
    const lines = openingLines({
      ...{ inputs, everyMs, cycles: cycles ?? null, configuration, isSandbox: options.sandbox === true, publishes },
      listCommand: ownCommand(['incidents'], options),
      ...{ statePlace: place.whereIs(environment), told: toldBy(inputs, isJson), live: live?.shown ?? null },
    });
    if (isJson) for (const line of lines) say(line);
    else await print(`${lines.join('\n')}\n\n`);
    return await watchUntilEnd(options, { interrupt, where, aws, load, inputs, place, page: live?.page ?? null });
  } finally {
    await live?.page.close();
  }
};

interface Watching extends Run {
  readonly load: () => Promise<Prepared>;
  /** What was loaded at the start. */
  readonly inputs: Prepared;
  readonly place: StatePlace;
  readonly page: Live | null;
}

const watchUntilEnd = async (
  {
    every: everyMs,
    cycles,
    json: isJson = false,
    publishMetrics: publishes = false,
    confirm = false,
    state,
  }: WatchOptions,
  { interrupt, where, aws, load, inputs: begun, place, page }: Watching,
): Promise<number> => {
  let inputs = begun;
  const unread = new AbortController();
  const stop = AbortSignal.any([interrupt.signal, unread.signal]);
  const answers: Answers = { last: null };
  let sound = true;
  let left = cycles ?? Number.POSITIVE_INFINITY;
  let isRunning = false;
  const section = cycleSection(where);
  const watching: Section = { ...section, says: () => (isRunning ? section.says() : null) };
  await interrupt.during(watching, () =>
    every(everyMs, left, stop, async (missed) => {
      const beganAt = performance.now();
      left -= 1;
      isRunning = true;
      if (missed !== null) {
        say(missedWords(missed, everyMs));
        page?.missed(missed.count);
      }
      // Changes of the configuration apply from this cycle on; an invalid one is ignored.
      const isRead = await soundly(async () => {
        inputs = await load();
        return true;
      });
      const parts = {
        ...{ inputs, store: place.store, stop, cut: interrupt.cut, where, onFlow: section.onFlow },
        ...{ everyMs, publishes, isJson, missed, reach: reachFor(inputs.settings, state) },
        confirm: confirm ? confirming(inputs, aws, answers) : null,
        onEnded: async (...ended: Parameters<Live['ended']>) => page?.ended(...ended),
      };
      sound = (await soundly(() => watchCycle(parts))) && isRead;
      isRunning = false;
      if (!hasNoReader()) {
        if (left > 0) await looksOf({ inputs, store: place.store, stop, beganAt, nextAt: beganAt + everyMs }, isJson);
        return;
      }
      say('standard output is closed, so the watch ends');
      sound = false;
      unread.abort();
    }),
  );
  // A signal is the normal end of a watch: the exit code is that of the last cycle.
  return sound ? exitCodes.fine : exitCodes.monitor;
};

/** A look that fails costs nothing: the next cycle reports what is wrong with the store. */
const looksOf = async (looking: Omit<Looking, 'onChange' | 'budget'>, isJson: boolean) =>
  soundly(async () => {
    await lookUntilNext({
      ...looking,
      budget: null,
      onChange: async (line) => (isJson ? say(line) : print(`${line}\n`)),
    });
    return true;
  });

/** The live page, if it is wanted. @throws UsageError if it cannot listen there */
const liveOf = async (
  { listen, every: everyMs }: WatchOptions,
  { settings }: Prepared,
  place: StatePlace,
): Promise<{ readonly page: Live; readonly shown: NonNullable<Opening['live']> } | null> => {
  if (listen === undefined) return null;
  const { environment, limits } = settings;
  const historyFile = place.historyOf(environment);
  const page = await openLive({
    ...{ at: listen, environment, everyMs, historyFile, store: place.store, say },
    longestMs: Math.min(limits.deadlineMs, everyMs) + sendMs,
    facts: [`Incidents are kept in ${place.whereIs(environment)}.`],
  });
  return { page, shown: { url: page.url, historyFile, isLoopback: isLoopback(listen) } };
};

const missedWords = ({ count, reason }: Missed, everyMs: number): string =>
  `${plural(count, 'cycle')} missed: ${
    reason === 'slow'
      ? `the last one took longer than the ${lasting(everyMs)} between two cycles`
      : 'this machine or process was stopped, or its clock was set'
  }`;

/** Prints an error of the monitor itself, and lets the watch go on. */
const soundly = async (work: () => Promise<boolean>): Promise<boolean> => {
  try {
    return await work();
  } catch (error) {
    say(sentenceOf(error));
    return false;
  }
};
