import { userInfo } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { createColors } from 'picocolors';
import { acknowledge, listed, mute, unmute } from '../../incidents/by-hand.ts';
import { update } from '../../incidents/remember.ts';
import { emptyState, type State } from '../../incidents/state.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import type { Mute } from '../../platform/incident.ts';
import { incidentLines } from '../../report/incidents.ts';
import { exitCodes } from '../exit-codes.ts';
import { readSettings } from '../inputs.ts';
import { parseDuration } from '../parse.ts';
import { openStore } from '../state-place.ts';
import { describeTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

interface PlaceOptions {
  readonly config?: string;
  readonly state?: string;
}

interface ListOptions extends PlaceOptions {
  readonly format: 'pretty' | 'json';
}

interface WhatOptions extends PlaceOptions {
  readonly target?: string;
  readonly host?: string;
  readonly hypothesis?: string;
}

interface MuteOptions extends WhatOptions {
  readonly for?: number;
  readonly until?: string;
  readonly reason?: string;
}

export const incidentsCommand = (exit: (code: number) => void): Command => {
  const done = (): void => exit(exitCodes.fine);
  // Its options are those of the list: what stands behind a command below it belongs to that.
  return placed(new Command('incidents').enablePositionalOptions())
    .description('what is open and what was, as watch or the Lambda remember it')
    .addOption(new Option('--format <format>', 'how to list').choices(['pretty', 'json']).default('pretty'))
    .action(async (options: ListOptions) => {
      await list(options);
      done();
    })
    .addCommand(
      placed(new Command('acknowledge'))
        .description('somebody is at it: no reminders; what changes is told')
        .argument('<id>', 'of an open incident')
        .option('--by <name>', 'who')
        .action(async (id: string, { by, ...place }: PlaceOptions & { readonly by?: string }) => {
          const at = new Date().toISOString();
          await change(place, (state) => acknowledge(state, id, by ?? userInfo().username, at));
          process.stdout.write(`${id} is acknowledged\n`);
          done();
        }),
    )
    .addCommand(
      what(placed(new Command('mute')))
        .description('keep a target, a host or a cause silent for some time')
        .option('--for <duration>', 'how long, like 2h', parseDuration)
        .option('--until <time>', 'until when, like 2026-11-22T06:00Z', parseMoment)
        .option('--reason <text>', 'why, for who reads of its end')
        .action(async (options: MuteOptions) => {
          const added: Mute = { what: whatOf(options), until: untilOf(options), reason: options.reason ?? null };
          await change(options, (state) => mute(state, added));
          process.stdout.write(`silent until ${added.until}: ${Object.entries(added.what).flat().join(' ')}\n`);
          done();
        }),
    )
    .addCommand(
      what(placed(new Command('unmute')))
        .description('end a mute early')
        .action(async (options: WhatOptions) => {
          const said = whatOf(options);
          await change(options, (state) => unmute(state, said));
          process.stdout.write(`no longer silent: ${Object.entries(said).flat().join(' ')}\n`);
          done();
        }),
    );
};

const placed = (command: Command): Command =>
  command
    .option('--config <file>', 'configuration, for the name of the environment')
    .option('--state <place>', "a file, or dynamodb:TABLE; without it a file in the user's state folder");

const what = (command: Command): Command =>
  command
    .option('--target <id>', 'a target, or registration.<step>')
    .option('--host <role>', 'a host, or registration')
    .option('--hypothesis <id>', 'a cause');

const whatOf = ({ target, host, hypothesis }: WhatOptions): Mute['what'] => {
  const said = [
    ...(target === undefined ? [] : [{ target }]),
    ...(host === undefined ? [] : [{ host }]),
    ...(hypothesis === undefined ? [] : [{ hypothesis }]),
  ];
  const [one] = said;
  if (one === undefined || said.length > 1) throw new UsageError('say one of --target, --host and --hypothesis');
  return one;
};

const untilOf = ({ for: duration, until }: MuteOptions): string => {
  if (duration !== undefined && until !== undefined) throw new UsageError('say --for or --until, not both');
  if (duration !== undefined) return new Date(Date.now() + duration).toISOString();
  if (until !== undefined) return until;
  throw new UsageError('say for how long: --for 2h or --until 2026-11-22T06:00Z');
};

/** With its zone, so that nobody's maintenance ends hours early. */
const parseMoment = (text: string): string => {
  const at = Date.parse(text);
  if (!/(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(at))
    throw new InvalidArgumentError('Give date, time and zone, like 2026-11-22T06:00Z.');
  if (at <= Date.now()) throw new InvalidArgumentError('This is over already.');
  return new Date(at).toISOString();
};

interface Opened {
  readonly store: IncidentStore;
  readonly environment: string;
}

const open = async ({ config, state }: PlaceOptions): Promise<Opened> => ({
  store: await openStore(state, process.env),
  environment: (await readSettings(config ?? null)).environment,
});

const change = async (place: PlaceOptions, by: (state: State) => State): Promise<void> => {
  const { store, environment } = await open(place);
  await update({ store, environment, channels: [], now: Date.now }, by);
};

const list = async (options: ListOptions): Promise<void> => {
  const { store, environment } = await open(options);
  const stored = await store.load(environment);
  const state = stored?.state ?? emptyState(environment);
  const incidents = listed(state);
  const { color, width } = describeTerminal(process.stdout, process.env);
  process.stdout.write(
    options.format === 'json'
      ? `${JSON.stringify({ environment, lastCycle: state.lastCycle, incidents, mutes: state.mutes, waiting: state.outbox.length }, null, 2)}\n`
      : `${incidentLines({ ...state, incidents, now: Date.now() }, { colors: createColors(color), width }).join('\n')}\n`,
  );
};
