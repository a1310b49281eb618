import { prober } from '../../version.ts';
import { type CommandWords, type OptionWords, pathPatterns, type Values } from './words.ts';

const program = prober.name;

/** A completion script for zsh, to be sourced or put into a folder of `$fpath`. It holds all words. */
export const zshCompletion = (commands: readonly CommandWords[]): string => `#compdef ${program}
_hokusai_synthetics() {
  local cur="$words[CURRENT]" prev="$words[CURRENT-1]" at='' word
  local -a items
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
      (${pathPatterns(commands).map(quoted).join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at:$prev" in
${commands.flatMap(optionCases).join('\n')}
  esac
  if [[ "$cur" == -* ]]; then
    case "$at" in
${commands.map(({ path, options }) => `      (${quoted(path)}) items=(${options.flatMap(flagItems).join(' ')}) ;;`).join('\n')}
    esac
    _describe -o option items
  else
    case "$at" in
${commands.map((command) => `      (${quoted(command.path)}) ${argumentCase(command)} ;;`).join('\n')}
    esac
    _describe value items
  fi
}
if [[ "$funcstack[1]" == _${program} ]]; then _hokusai_synthetics "$@"; else compdef _hokusai_synthetics ${program}; fi
`;

/** In single quotes. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** `_describe` splits a word from its description at the first colon that has no backslash. */
const item = (word: string, description: string): string =>
  quoted(`${word.replaceAll(':', '\\:')}${description === '' ? '' : `:${description}`}`);

const flagItems = ({ flags, description }: OptionWords): readonly string[] =>
  flags.map((flag) => item(flag, description));

const optionCases = ({ path, options }: CommandWords): readonly string[] =>
  options.flatMap(({ flags, values }) =>
    values === null
      ? []
      : [`    (${flags.map((flag) => quoted(`${path}:${flag}`)).join('|')}) ${offer(values)} return ;;`],
  );

const offer = (values: Values): string => {
  switch (values.kind) {
    case 'files':
      return '_files;';
    case 'words':
      return `items=(${values.words.map((word) => item(word, '')).join(' ')}); _describe value items;`;
    case 'free':
      return '';
  }
};

const argumentCase = ({ subcommands, argument }: CommandWords): string => {
  if (argument.kind === 'files') return '_files; return';
  const below = subcommands.map(({ name, description }) => item(name, description));
  const words = argument.kind === 'words' ? argument.words.map((word) => item(word, '')) : [];
  return `items=(${[...below, ...words].join(' ')})`;
};
