import type { Command } from 'commander';
import type { Settings } from '../config/settings.ts';
import { update } from '../incidents/remember.ts';
import { emptyState, type State } from '../incidents/state.ts';
import { type IncidentStore, StoreError } from '../incidents/store.ts';
import type { Judgement } from '../model/incident.ts';
import { readSettings } from './inputs.ts';
import { notEmpty } from './parse.ts';
import { say } from './print.ts';
import { openPlace } from './state-place.ts';

export interface PlaceOptions {
  readonly config?: string;
  readonly state?: string;
  readonly environment?: string;
}

export const placed = (command: Command): Command =>
  command
    .option('--config <file>', 'configuration file, for the name of the environment', notEmpty)
    .option(
      '--state <place>',
      "where incidents are kept: a file or dynamodb:TABLE; default: a file in the user's state folder",
      notEmpty,
    )
    .option('--environment <name>', 'name of the environment, if the configuration is not here', notEmpty);

interface Opened {
  readonly store: IncidentStore;
  readonly settings: Settings;
}

const open = async ({ config, state, environment }: PlaceOptions): Promise<Opened> => {
  const settings = await readSettings(config ?? null);
  return {
    store: (await openPlace(state, process.env)).store,
    settings: { ...settings, environment: environment ?? settings.environment },
  };
};

/** The stored incidents. @throws StoreError */
export const readPlace = async (
  place: PlaceOptions,
): Promise<{ readonly state: State; readonly settings: Settings }> => {
  const { store, settings } = await open(place);
  const stored = await store.load(settings.environment);
  return { state: stored?.state ?? emptyState(settings.environment), settings };
};

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
