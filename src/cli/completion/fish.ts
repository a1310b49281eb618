import { prober } from '../../version.ts';
import type { CommandWords, OptionWords, Values } from './words.ts';

const program = prober.name;

/** A completion script for fish 3 or newer. It holds all words, so completing starts no process. */
export const fishCompletion = (commands: readonly CommandWords[]): string => `# ${program} completion for fish
function __hokusai_synthetics_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        switch (string trim -- "$at $word")
            case ${commands
              .filter(({ path }) => path !== '')
              .map(({ path }) => quoted(path))
              .join(' ')}
                set at (string trim -- "$at $word")
        end
    end
    test "$at" = "$argv[1]"
end
complete -c ${program} -e
complete -c ${program} -f
${commands.flatMap(lines).join('\n')}
`;

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const lines = ({ path, subcommands, options, argument }: CommandWords): readonly string[] => {
  const start = `complete -c ${program} -n "__hokusai_synthetics_at '${path}'"`;
  const below = subcommands.map(({ name, description }) => `${start} -a ${quoted(name)} -d ${quoted(description)}`);
  return [...below, ...argumentLines(start, argument), ...options.map((option) => optionLine(start, option))];
};

const argumentLines = (start: string, argument: Values): readonly string[] => {
  switch (argument.kind) {
    case 'files':
      return [`${start} -F`];
    case 'words':
      return [`${start} -a ${quoted(argument.words.join(' '))}`];
    case 'free':
      return [];
  }
};

const optionLine = (start: string, { flags, description, values }: OptionWords): string => {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  return [start, ...names, ...(values === null ? [] : [offer(values)]), '-d', quoted(description)].join(' ');
};

const offer = (values: Values): string => {
  switch (values.kind) {
    case 'files':
      return '-r -F';
    case 'words':
      return `-x -a ${quoted(values.words.join(' '))}`;
    case 'free':
      return '-x';
  }
};
