import type { Argument, Command, Option } from 'commander';
import { failureModes } from '../../model/failure-modes.ts';
import { registrationHost, stepIds } from '../../platform/flow-steps.ts';
import { hostRoles } from '../../platform/hosts.ts';
import { hypothesisIds } from '../../platform/hypotheses.ts';
import { faults } from '../../sandbox/faults/faults.ts';

/** What the shell offers after an option, or in the place of an argument. `free`: any text, so nothing. */
export type Values =
  | { readonly kind: 'files' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'free' };

/** An option of one command. `values` is null for a switch. */
export interface OptionWords {
  readonly flags: readonly string[];
  readonly description: string;
  readonly values: Values | null;
}

interface Subcommand {
  readonly name: string;
  readonly description: string;
}

/** A command by its path, like `incidents mute`; the program itself has an empty path. */
export interface CommandWords {
  readonly path: string;
  readonly subcommands: readonly Subcommand[];
  readonly options: readonly OptionWords[];
  readonly argument: Values;
}

/** Patterns for the path so far and the next word: ` check`, `incidents mute`. */
export const pathPatterns = (commands: readonly CommandWords[]): readonly string[] =>
  commands.flatMap(({ path }) => (path === '' ? [] : path.includes(' ') ? path : ` ${path}`));

/** Every command of a program, in the order of its help. */
export const commandWords = (program: Command, targetIds: readonly string[]): readonly CommandWords[] =>
  walk(program, [], known(targetIds));

const walk = (command: Command, path: readonly string[], names: Names): readonly CommandWords[] => {
  const help = command.createHelp();
  const below = help.visibleCommands(command);
  const [argument] = command.registeredArguments;
  return [
    {
      path: path.join(' '),
      subcommands: below.map((one) => ({ name: one.name(), description: one.description() })),
      options: help.visibleOptions(command).map((option) => optionWords(option, names)),
      argument: argument === undefined ? free : argumentValues(argument, names),
    },
    ...below.filter((one) => one.name() !== 'help').flatMap((one) => walk(one, [...path, one.name()], names)),
  ];
};

const free: Values = { kind: 'free' };
const oneOf = (words: readonly string[]): Values => ({ kind: 'words', words });

const optionWords = (option: Option, names: Names): OptionWords => ({
  flags: [option.long, option.short].filter((flag) => flag != null),
  description: option.description,
  values: option.required || option.optional ? optionValues(option, names) : null,
});

const optionValues = (option: Option, names: Names): Values => {
  if (option.argChoices !== undefined) return oneOf(option.argChoices);
  if (/<(file|place)>/.test(option.flags)) return { kind: 'files' };
  const words = names[option.attributeName()];
  return words === undefined ? free : oneOf(words);
};

const argumentValues = (argument: Argument, names: Names): Values => {
  if (argument.argChoices !== undefined) return oneOf(argument.argChoices);
  if (/report|file/.test(argument.name())) return { kind: 'files' };
  const words = names[argument.name()];
  return words === undefined ? free : oneOf(words);
};

/** By the name of the option or the argument that takes them. */
type Names = Readonly<Record<string, readonly string[]>>;

const known = (targetIds: readonly string[]): Names => ({
  target: [registrationHost, ...targetIds],
  scenario: Object.keys(faults),
  fault: Object.keys(faults),
  hypothesis: hypothesisIds,
  cause: hypothesisIds,
  subject: [
    ...['targets', 'failure-modes', 'hypotheses', 'scenarios', 'metrics', 'configuration', registrationHost],
    ...Object.keys(failureModes),
    ...hypothesisIds,
    ...hostRoles,
    ...targetIds,
    ...stepIds,
    ...Object.keys(faults),
  ],
});
