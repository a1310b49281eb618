import { prober } from '../../version.ts';
import { type CommandWords, pathPatterns, type Values } from './words.ts';

const program = prober.name;

/** A completion script for bash 3.2 or newer. It holds all words, so completing starts no process. */
export const bashCompletion = (commands: readonly CommandWords[]): string => `# ${program} completion for bash
_hokusai_synthetics() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at='' words='' word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$at $word" in
      ${pathPatterns(commands)
        .map((pattern) => `'${pattern}'`)
        .join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at:$prev" in
${commands.flatMap(optionCases).join('\n')}
  esac
  if [[ "$cur" == -* ]]; then
    case "$at" in
${commands.map(({ path, options }) => `      '${path}') words='${options.flatMap(({ flags }) => flags).join(' ')}' ;;`).join('\n')}
    esac
  else
    case "$at" in
${commands
  .map(
    ({ path, subcommands, argument }) =>
      `      '${path}') ${argumentCase(
        subcommands.map(({ name }) => name),
        argument,
      )} ;;`,
  )
  .join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _hokusai_synthetics ${program}
`;

const optionCases = ({ path, options }: CommandWords): readonly string[] =>
  options.flatMap(({ flags, values }) =>
    values === null ? [] : [`    ${flags.map((flag) => `'${path}:${flag}'`).join('|')}) ${offer(values)} return ;;`],
  );

const files = `compopt -o default 2>/dev/null;`;

const offer = (values: Values): string => {
  switch (values.kind) {
    case 'files':
      return files;
    case 'words':
      return `COMPREPLY=($(compgen -W '${values.words.join(' ')}' -- "$cur"));`;
    case 'free':
      return '';
  }
};

const argumentCase = (subcommands: readonly string[], argument: Values): string => {
  const words = [...subcommands, ...(argument.kind === 'words' ? argument.words : [])];
  return argument.kind === 'files' ? `${files} return` : `words='${words.join(' ')}'`;
};
