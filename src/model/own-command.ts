/** The same in a clone, with the package installed, and without it. */
const program = 'npx hokusai-synthetics';

/** One argument for a POSIX shell. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** A command of this program that can be pasted. Every one that people read is made here. */
export const ownCommand = (...words: readonly string[]): string => [program, ...words.map(shellWord)].join(' ');

/** How to reach the configuration and the incidents that a message is about. */
export interface Reach {
  /** The value of `--config`; null: the defaults. */
  readonly config: string | null;
  /** The value of `--state`; null: the default place. */
  readonly state: string | null;
  /** The value of `--environment`; null: the configuration's. */
  readonly environment?: string | null;
}

export const configWords = ({ config }: Pick<Reach, 'config'>): readonly string[] =>
  config === null ? [] : ['--config', config];

export const reachWords = (reach: Reach): readonly string[] => [
  ...configWords(reach),
  ...(reach.state === null ? [] : ['--state', reach.state]),
  ...((reach.environment ?? null) === null ? [] : ['--environment', `${reach.environment}`]),
];
