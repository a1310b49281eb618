import type { Command } from 'commander';
import type { Settings } from '../config/settings.ts';
import { update } from '../incidents/remember.ts';
import { emptyState, type State } from '../incidents/state.ts';
import { type IncidentStore, StoreError } from '../incidents/store.ts';
import type { Judgement } from '../model/incident.ts';
import { sandboxEnvironment } from '../sandbox/environment.ts';
import { few } from '../wording/count.ts';
import { plainText } from '../wording/plain-text.ts';
import { readSettings } from './inputs.ts';
import { ownCommand, type PlaceOptions } from './own-command.ts';
import { notEmpty, parseEnvironment } from './parse.ts';
import { say } from './print.ts';
import { openPlace, type StatePlace } from './state-place.ts';
import { UsageError } from './usage-error.ts';

export const placed = (command: Command): Command =>
  command
    .option('--config <file>', 'configuration file, for the name of the environment', notEmpty)
    .option(
      '--state <place>',
      "where incidents are kept: a file or dynamodb:TABLE; default: a file in the user's state folder",
      notEmpty,
    )
    .option('--environment <name>', 'name of the environment, if the configuration is not here', parseEnvironment);

/** The same for commands about incidents, which a sandbox has too. */
export const placedIncidents = (command: Command): Command =>
  placed(command).option('--sandbox', 'the incidents of watch --sandbox');

interface Opened extends Pick<StatePlace, 'environmentsBeside' | 'whereIs'> {
  readonly store: IncidentStore;
  readonly settings: Settings;
}

const open = async (options: PlaceOptions): Promise<Opened> => {
  const { environmentsBeside, whereIs, store } = await openPlace(options.state, process.env);
  return { store, settings: await settingsOf(options), environmentsBeside, whereIs };
};

/** The sandbox's own configuration ends with it; its incidents need only the name. */
export const settingsOf = async ({ config, environment, sandbox }: PlaceOptions): Promise<Settings> => {
  if (sandbox !== true) {
    const settings = await readSettings(config ?? null);
    return { ...settings, environment: environment ?? settings.environment };
  }
  if (config !== undefined || environment !== undefined)
    throw new UsageError('--sandbox brings its own configuration: leave --config and --environment out');
  return { ...(await readSettings(null)), environment: sandboxEnvironment };
};

/** The stored incidents. @throws StoreError */
export const readPlace = async (
  place: PlaceOptions,
): Promise<{ readonly state: State; readonly settings: Settings }> => {
  const { store, settings } = await open(place);
  const stored = await store.load(settings.environment);
  return { state: stored?.state ?? emptyState(settings.environment), settings };
};

/** A place without cycles is often the wrong one: where it is, what tracks cycles, and which environments are there. */
export const emptyPlaceLines = async (place: PlaceOptions): Promise<readonly string[]> => {
  const { settings, environmentsBeside, whereIs } = await open(place);
  const { environment } = settings;
  const others = (await environmentsBeside()).filter((one) => one !== environment);
  return [
    `no cycle of ${plainText(environment)} has been tracked yet in ${plainText(whereIs(environment))}`,
    `to track them: ${ownCommand(['watch', '--every', '60s'], place)}`,
    ...(others.length === 0
      ? []
      : [`tracked in the same folder: ${few(others.map(environmentWords), shownEnvironments)}`]),
  ];
};

const shownEnvironments = 8;
const environmentWords = (one: string): string =>
  plainText(one === sandboxEnvironment ? `${one} (${ownCommand(['incidents'], { sandbox: true })})` : one);

/** A store that was not named and cannot be read must not cost the explanation. */
export const judgementsOf = async (place: PlaceOptions): Promise<readonly Judgement[]> => {
  try {
    return (await readPlace(place)).state.judgements;
  } catch (error) {
    if (place.state !== undefined || !(error instanceof StoreError)) throw error;
    say(`without people's judgements: ${error.message}`);
    return [];
  }
};

/** @param assert throws when the configuration does not have the subject */
export const changePlace = async (
  place: PlaceOptions,
  by: (state: State) => State,
  assert: (settings: Settings) => void = () => undefined,
): Promise<Settings> => {
  const { store, settings } = await open(place);
  assert(settings);
  await update({ store, environment: settings.environment, channels: [], now: Date.now }, by);
  return settings;
};
