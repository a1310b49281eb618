import { userInfo } from 'node:os';
import { Command, Option } from 'commander';
import { createColors } from 'picocolors';
import { acknowledge, listed, mute, unmute } from '../../incidents/by-hand.ts';
import type { incidentList } from '../../incidents/list-schema.ts';
import type { Mute } from '../../model/incident.ts';
import type { OutputOf } from '../../model/output-of.ts';
import { incidentLines } from '../../report/incident/list.ts';
import { jsonText } from '../../report/json-text.ts';
import { acknowledgeAlerts } from '../acknowledge-alerts.ts';
import { muteAlarms, unmuteAlarms } from '../alarms/mute.ts';
import { readable } from '../ascii.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { changePlace, emptyPlaceLines, placedIncidents, readPlace } from '../incident-place.ts';
import type { Section } from '../interrupt.ts';
import { assertMutable } from '../names.ts';
import { ownCommand, type PlaceOptions } from '../own-command.ts';
import { durationBetween, longestMs, notEmpty, parseUntil, shortText } from '../parse.ts';
import { printPaintedExact, say } from '../print.ts';
import { describeTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { judgeCommand } from './incidents-judge.ts';
import { showCommand } from './incidents-show.ts';

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
  readonly alarms: boolean;
}

/** A shorter mute would end before the next cycle. */
const shortestMuteMs = 60_000;
const parseMuteFor = durationBetween(shortestMuteMs, longestMs, 'a cycle runs once a minute');
/** The same limits as in the configuration (config/schema/incidents.ts) and in the chat's command. */
const [reasonCharacters, nameCharacters] = [200, 100];

export const incidentsCommand = ({ exit, interrupt }: Context): Command => {
  /** An interrupt lets the write finish. */
  const finishing: Section = { says: () => 'finishing what is being written', left: () => [] };
  const finished = async (work: () => Promise<string>): Promise<void> => {
    await interrupt.during(finishing, async () => printPaintedExact(await work()));
    exit(interrupt.exitCode() ?? exitCodes.fine);
  };
  // Options after the name of a subcommand belong to that subcommand.
  return placedIncidents(new Command('incidents').enablePositionalOptions())
    .description('list open and past incidents, as watch or the Lambda track them')
    .addOption(new Option('--format <format>', 'format of the list').choices(['pretty', 'json']).default('pretty'))
    .action((options: ListOptions) => finished(() => list(options)))
    .addCommand(showCommand(finished))
    .addCommand(judgeCommand(finished))
    .addCommand(
      placedIncidents(new Command('acknowledge'))
        .description('stop the reminders of an incident; changes are still reported')
        .argument('<id>', 'id of an open incident', notEmpty)
        .option('--by <name>', 'your name; default: the name of the user', shortText(nameCharacters))
        .action((id: string, { by, ...place }: PlaceOptions & { readonly by?: string }) =>
          finished(async () => {
            const at = new Date().toISOString();
            const name = by ?? userInfo().username;
            const settings = await changePlace(place, (state) => acknowledge(state, id, name, at));
            return `${id} is acknowledged\n${await acknowledgeAlerts(settings, { id, by: name })}`;
          }),
        ),
    )
    .addCommand(
      what(placedIncidents(new Command('mute')))
        .description('mute a target, a host or a hypothesis for some time')
        .option('--for <duration>', 'how long, like 2h', parseMuteFor)
        .option('--until <time>', 'end of the mute, like 2026-11-22T06:00Z', parseUntil)
        .option('--no-alarms', 'leave the alarms of CloudWatch on; only with --state dynamodb:TABLE are they muted')
        .option('--reason <text>', 'the reason, shown in the list and when the mute ends', shortText(reasonCharacters))
        .action((options: MuteOptions) =>
          finished(async () => {
            const added: Mute = { what: whatOf(options), until: untilOf(options), reason: options.reason ?? null };
            if (Date.parse(added.until) > Date.now() + longestMs)
              say('that is more than a year: is the year right? incidents unmute ends it');
            const { environment } = await changePlace(
              options,
              (state) => mute(state, added),
              (settings) => assertMutable(added.what, settings),
            );
            const alarms = options.alarms && isDeployed(options) ? await muteAlarms(added, environment) : '';
            return `muted until ${added.until}: ${Object.entries(added.what).flat().join(' ')}\n${alarms}`;
          }),
        ),
    )
    .addCommand(
      what(placedIncidents(new Command('unmute')))
        .description('end a mute early')
        .action((options: WhatOptions) =>
          finished(async () => {
            const said = whatOf(options);
            const { environment } = await changePlace(options, (state) => unmute(state, said));
            const alarms = isDeployed(options) ? await unmuteAlarms(said, environment) : '';
            return `no longer muted: ${Object.entries(said).flat().join(' ')}\n${alarms}`;
          }),
        ),
    );
};

/** The deployed function's state, so its stack has alarms. */
const isDeployed = ({ state }: PlaceOptions): boolean => state?.startsWith('dynamodb:') === true;

const what = (command: Command): Command =>
  command
    .option('--target <id>', 'a target, or registration.<step>', notEmpty)
    .option('--host <role>', 'a host, or registration', notEmpty)
    .option('--hypothesis <id>', 'a hypothesis', notEmpty);

const whatOf = ({ target, host, hypothesis }: WhatOptions): Mute['what'] => {
  const said = [
    ...(target === undefined ? [] : [{ target }]),
    ...(host === undefined ? [] : [{ host }]),
    ...(hypothesis === undefined ? [] : [{ hypothesis }]),
  ];
  const [one] = said;
  if (one === undefined || said.length > 1)
    throw new UsageError('give exactly one of --target, --host and --hypothesis');
  return one;
};

const untilOf = ({ for: duration, until }: MuteOptions): string => {
  if (duration !== undefined && until !== undefined) throw new UsageError('give either --for or --until, not both');
  if (duration !== undefined) return new Date(Date.now() + duration).toISOString();
  if (until !== undefined) return until;
  throw new UsageError('give a duration or an end: --for 2h or --until 2026-11-22T06:00Z');
};

const list = async (options: ListOptions): Promise<string> => {
  const { state, settings } = await readPlace(options);
  const incidents = listed(state);
  const { environment, lastCycle, mutes, outbox, judgements } = state;
  const shown: OutputOf<typeof incidentList> = {
    ...{ environment, lastCycle, incidents, mutes, judgements },
    waiting: outbox.length,
  };
  if (options.format === 'json') return jsonText(shown);
  const { color, width } = describeTerminal(process.stdout, process.env);
  if (lastCycle === null && incidents.length === 0 && mutes.length === 0)
    return readable(`${(await emptyPlaceLines(options)).join('\n')}\n`);
  const remembered = {
    ...{ ...state, incidents, hosts: settings.hosts, now: Date.now() },
    showCommand: (id: string) => ownCommand(['incidents', 'show', id], options),
  };
  return readable(`${incidentLines(remembered, { colors: createColors(color), width }).join('\n')}\n`);
};
