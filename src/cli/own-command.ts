import { prober } from '../version.ts';

export interface PlaceOptions {
  readonly config?: string;
  readonly state?: string;
  readonly environment?: string;
  readonly sandbox?: boolean;
}

/** A command of ours that runs where it is read, with the options that reach the same store and configuration. */
export const ownCommand = (words: readonly string[], { state, config, environment, sandbox }: PlaceOptions): string =>
  [
    `npx ${prober.name}`,
    ...words,
    ...(sandbox === true ? ['--sandbox'] : []),
    ...(state === undefined ? [] : ['--state', quoted(state)]),
    ...(config === undefined ? [] : ['--config', quoted(config)]),
    ...(environment === undefined ? [] : ['--environment', quoted(environment)]),
  ].join(' ');

/** For a POSIX shell. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
