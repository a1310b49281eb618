import { Command } from 'commander';
import { createColors } from 'picocolors';
import type { Answers } from '../../confirm/remembered.ts';
import type { Channel } from '../../incidents/send.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import type { Made } from '../../model/report.ts';
import { leftBehindIn, requests } from '../../model/requests.ts';
import { openChannels, settingOf } from '../../monitor/channels.ts';
import { beat } from '../../monitor/heartbeat.ts';
import { createMemory } from '../../monitor/memory.ts';
import { type Monitoring, monitor } from '../../monitor/monitor.ts';
import type { Prepared } from '../../monitor/prepare.ts';
import type { Tracker } from '../../monitor/track.ts';
import { printedEvent } from '../../notify/print.ts';
import { confirming, confirmOption, type SandboxAccess, withSandboxAws } from '../confirming.ts';
import type { Context } from '../context.ts';
import { cycleLine } from '../cycle-line.ts';
import { every } from '../every.ts';
import { exitCodes } from '../exit-codes.ts';
import { type FollowUpFlags, followUpOption, withFollowUp } from '../follow-up.ts';
import { loadInputs } from '../inputs.ts';
import type { Interrupt, Section } from '../interrupt.ts';
import { cycleSection, type Whereabouts, whatIsLeft } from '../left-behind.ts';
import { durationBetween, longestMs, notEmpty, parseCount } from '../parse.ts';
import { hasNoReader, print, say } from '../print.ts';
import { isPublished, publishing } from '../publish.ts';
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
import { sentenceOf } from '../sentence.ts';
import { openPlace } from '../state-place.ts';
import { describeTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

interface WatchOptions extends FollowUpFlags, SandboxFlags {
  readonly every: number;
  readonly cycles?: number;
  readonly config?: string;
  readonly state?: string;
  readonly skipRegistration?: boolean;
  readonly baseline?: string;
  readonly publishMetrics?: boolean;
  readonly confirm?: boolean;
  readonly sandbox?: boolean;
}

/** Time to store and send after a cycle. */
const sendMs = 20_000;
/** Time for the GET to a dead man's switch, after everything else. */
const heartbeatMs = 5_000;
/** Overlapping cycles would disturb each other. */
const shortestMs = 10_000;
const parseEvery = durationBetween(shortestMs, longestMs, 'a cycle takes a few seconds, and loads the platform');

export const watchCommand = (context: Context): Command =>
  new Command('watch')
    .description('check on a schedule, track incidents, and report their changes')
    .requiredOption('--every <duration>', 'time between the starts of two cycles', parseEvery)
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
    .option('--skip-registration', 'skip the model-registration flow')
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
  const load = async (): Promise<Prepared> => {
    const loaded = await loadInputs({
      configuration,
      targets: [],
      skipRegistration: options.skipRegistration ?? false,
      baseline: options.baseline ?? null,
    });
    return { ...loaded, settings: withFollowUp(loaded.settings, options) };
  };
  let inputs = await load();
  const { store, assertKeepable } = await openPlace(options.state, process.env);
  await assertKeepable(inputs.settings.environment);
  const unread = new AbortController();
  const stop = AbortSignal.any([interrupt.signal, unread.signal]);
  const answers: Answers = { last: null };
  let sound = true;
  let isRunning = false;
  const section = cycleSection(where);
  const watching: Section = { ...section, says: () => (isRunning ? section.says() : null) };
  await interrupt.during(watching, () =>
    every(options.every, options.cycles ?? Number.POSITIVE_INFINITY, stop, async () => {
      isRunning = true;
      // Changes of the configuration apply from this cycle on; an invalid one is ignored.
      const isRead = await soundly(async () => {
        inputs = await load();
        return true;
      });
      const confirm = options.confirm === true ? confirming(inputs, aws, answers) : null;
      const parts = { inputs, store, stop, cut: interrupt.cut, where, onFlow: section.onFlow, confirm };
      sound = (await soundly(() => cycle(options, parts))) && isRead;
      isRunning = false;
      if (!hasNoReader()) return;
      say('standard output is closed, so the watch ends');
      sound = false;
      unread.abort();
    }),
  );
  // A signal is the normal end of a watch: the exit code is that of the last cycle.
  return sound ? exitCodes.fine : exitCodes.monitor;
};

/** Prints an error of the monitor itself, and lets the watch go on. */
const soundly = async (work: () => Promise<boolean>): Promise<boolean> => {
  try {
    return await work();
  } catch (error) {
    say(sentenceOf(error));
    return false;
  }
};

interface CycleParts {
  readonly inputs: Prepared;
  readonly store: IncidentStore;
  readonly stop: AbortSignal;
  readonly cut: AbortSignal;
  readonly where: Whereabouts;
  readonly onFlow: (made: () => readonly Made[]) => void;
  readonly confirm: NonNullable<Monitoring['confirm']> | null;
}

/** One cycle, with storing, sending and publishing. False: one of these failed. */
const cycle = async (options: WatchOptions, parts: CycleParts): Promise<boolean> => {
  const { inputs, store, stop, cut, where, onFlow, confirm } = parts;
  const { settings } = inputs;
  const tracker: Tracker = { store, channels: [terminalChannel(inputs), ...otherChannels(inputs)], now: Date.now };
  const { report, tracking, published } = await monitor({
    ...inputs,
    deadlineMs: Math.min(settings.limits.deadlineMs, options.every - reserveMs(options.every)),
    memory: createMemory(inputs, tracker, {
      limits: () => ({ signal: AbortSignal.any([AbortSignal.timeout(sendMs), cut]) }),
      onNote: say,
      onTrouble: say,
    }),
    confirm,
    stop,
    onFlow,
    show: async (seen) => {
      if (stop.aborted) {
        // A partial cycle would look like a complete one.
        for (const line of whatIsLeft(seen, where)) say(line);
        return false;
      }
      await print(`${cycleLine(seen, createColors(describeTerminal(process.stdout, process.env).color))}\n`);
      return true;
    },
    publish: options.publishMetrics === true ? publishing(inputs) : null,
  });
  // Null: the cycle was interrupted.
  if (tracking === null) return leftBehindIn(requests(report)).length === 0;
  if (!isPublished(published)) return false;
  const silence = await beat(inputs, secretSources(process.env), heartbeatMs);
  if (silence !== null) say(silence);
  return tracking.troubles.length === 0;
};

/** Part of the time between two cycles that is kept for sending. */
const reserveMs = (everyMs: number): number => Math.min(sendMs, everyMs / 4);

const terminalChannel = (inputs: Prepared): Channel => {
  const terminal = describeTerminal(process.stdout, process.env);
  return {
    name: 'terminal',
    send: async (event) => {
      await print(printedEvent(event, { ...settingOf(inputs, null), ...terminal }));
    },
  };
};

const otherChannels = (inputs: Prepared): readonly Channel[] =>
  openChannels(inputs, {
    log: null,
    secrets: secretSources(process.env),
    snsClient: async () => {
      const { createSnsClient } = await import('../../aws/sns-client.ts');
      return createSnsClient({});
    },
  });
