import { Command, InvalidArgumentError } from 'commander';
import { createColors } from 'picocolors';
import { openChannels, settingOf } from '../../channels.ts';
import { resolveApiKey } from '../../config/secrets.ts';
import { runCycle } from '../../cycle.ts';
import type { Channel } from '../../incidents/send.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import { printedEvent } from '../../notify/print.ts';
import { rememberedHistory, type Tracker, trackCycle } from '../../track.ts';
import { cycleLine } from '../cycle-line.ts';
import { every } from '../every.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Inputs, loadInputs } from '../inputs.ts';
import { parseDuration } from '../parse.ts';
import { publish } from '../publish.ts';
import {
  generationOption,
  mlflowOption,
  paceOption,
  type SandboxFlags,
  scenarioOption,
  withSandbox,
} from '../sandboxed.ts';
import { secretSources } from '../secret-sources.ts';
import { sentenceOf } from '../sentence.ts';
import { openStore } from '../state-place.ts';
import { describeTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

interface WatchOptions extends SandboxFlags {
  readonly every: number;
  readonly cycles?: number;
  readonly config?: string;
  readonly state?: string;
  readonly skipRegistration?: boolean;
  readonly baseline?: string;
  readonly publishMetrics?: boolean;
  readonly sandbox?: boolean;
}

/** Of what a cycle leaves, for storing and sending. */
const sendMs = 20_000;
/** After a signal the cycle under way may go on for so long: orchestrators kill ten seconds after it. */
const graceMs = 8_000;

export const watchCommand = (exit: (code: number) => void): Command =>
  new Command('watch')
    .description('the same cycle on a schedule: incidents are remembered, and what is news of them is told')
    .requiredOption('--every <duration>', 'from the start of one cycle to the start of the next', parseEvery)
    .option('--cycles <number>', 'end after so many; without it: when stopped', parseCount)
    .option('--config <file>', 'configuration; without it the defaults, and the key from HOKUSAI_API_KEY')
    .option('--state <place>', "a file, or dynamodb:TABLE; without it a file in the user's state folder")
    .option('--skip-registration', 'leave the model-registration flow out')
    .option('--baseline <file>', 'a saved JSON report: what failed there in the same way is known')
    .option('--publish-metrics', 'send the metrics to CloudWatch, with the credentials of the environment')
    .option('--sandbox', 'watch the embedded sandbox instead of the platform')
    .addOption(scenarioOption())
    .addOption(generationOption())
    .addOption(mlflowOption())
    .addOption(paceOption())
    .action(async (options: WatchOptions) => exit(await watch(options)));

/** Cycles that overlap would be probes that disturb each other. */
const shortest = 10_000;

const parseEvery = (text: string): number => {
  const ms = parseDuration(text);
  if (ms < shortest)
    throw new InvalidArgumentError('At least 10s: a cycle takes a few seconds, and loads the platform.');
  return ms;
};

const parseCount = (text: string): number => {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Give a whole number of cycles.');
  return count;
};

const watch = (options: WatchOptions): Promise<number> => {
  if (options.sandbox !== true) {
    if (options.scenario.length > 0) throw new UsageError('--scenario breaks the sandbox, so it goes with --sandbox');
    return watchWith(options, options.config ?? null);
  }
  if (options.config !== undefined) throw new UsageError('--sandbox brings its own configuration: leave --config out');
  return withSandbox(options, ({ configurationFile }) => watchWith(options, configurationFile));
};

const watchWith = async (options: WatchOptions, configuration: string | null): Promise<number> => {
  const load = (): Promise<Inputs> =>
    loadInputs({
      configuration,
      targets: [],
      skipRegistration: options.skipRegistration ?? false,
      baseline: options.baseline ?? null,
    });
  let inputs = await load();
  const store = await openStore(options.state, process.env);
  const stop = stopSignal();
  const graceIsOver = outOfGrace(stop);
  let sound = true;
  await every(options.every, options.cycles ?? Number.POSITIVE_INFINITY, stop, async () => {
    // What was changed in the meantime counts from now on; what cannot be read does not.
    const isRead = await soundly(async () => {
      inputs = await load();
      return true;
    });
    const done = await Promise.race([soundly(() => cycle(inputs, store, options)), graceIsOver]);
    if (done !== null) sound = done && isRead;
  });
  return sound ? exitCodes.fine : exitCodes.monitor;
};

/** A failure of the monitor's own is said, and does not end the watch. */
const soundly = async (work: () => Promise<boolean>): Promise<boolean> => {
  try {
    return await work();
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    return false;
  }
};

/** One cycle with all that follows from it. False: something of it could not be stored, sent or published. */
const cycle = async (inputs: Inputs, store: IncidentStore, options: WatchOptions): Promise<boolean> => {
  const { settings } = inputs;
  const tracker: Tracker = { store, channels: [terminalChannel(inputs), ...otherChannels(inputs)], now: Date.now };
  const report = await runCycle({
    ...inputs,
    deadlineMs: Math.min(settings.limits.deadlineMs, options.every - reserveMs(options.every)),
    history: rememberedHistory(settings, tracker),
  });
  process.stdout.write(`${cycleLine(report, createColors(describeTerminal(process.stdout, process.env).color))}\n`);
  const tracking = await trackCycle(report, {
    ...tracker,
    settings,
    whole: true,
    signal: AbortSignal.timeout(sendMs),
  });
  for (const trouble of tracking.troubles) process.stderr.write(`${trouble}\n`);
  const published = options.publishMetrics === true ? await publish(report, settings, tracking) : true;
  return published && tracking.troubles.length === 0;
};

/** Of the time between two cycles, what the sending may take. */
const reserveMs = (everyMs: number): number => Math.min(sendMs, everyMs / 4);

const terminalChannel = ({ settings, apiKey }: Inputs): Channel => {
  const terminal = describeTerminal(process.stdout, process.env);
  return {
    name: 'terminal',
    send: async (event) => {
      process.stdout.write(printedEvent(event, { ...settingOf(settings, { apiKey, log: null }, []), ...terminal }));
    },
  };
};

const otherChannels = ({ settings, apiKey }: Inputs): readonly Channel[] =>
  openChannels(settings, {
    apiKey,
    log: null,
    secret: (reference) => resolveApiKey(reference, secretSources(process.env)),
    snsClient: async () => {
      const { createSnsClient } = await import('../../lambda/sns-client.ts');
      return createSnsClient({});
    },
  });

/** The first signal ends it after the cycle that is under way, a second one at once. */
const stopSignal = (): AbortSignal => {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(exitCodes.monitor);
      process.stderr.write('stopping after this cycle; once more: at once\n');
      stop.abort();
    });
  }
  return stop.signal;
};

/** Null, some seconds after the signal. */
const outOfGrace = (stop: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    stop.addEventListener('abort', () => setTimeout(() => resolve(null), graceMs).unref(), { once: true });
  });
