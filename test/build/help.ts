/** An option as the help of the built command line shows it. */
export interface OfferedOption {
  readonly name: string;
  /** Empty: anything goes. */
  readonly choices: readonly string[];
}

/** A section of commander's help: entries are indented by two blanks, what goes on by more. */
const entriesOf = (help: string, section: string): readonly string[] => {
  const [, text = ''] = new RegExp(`^${section}:\\n((?: .*\\n?)+)`, 'm').exec(help) ?? [];
  return text.split(/^ {2}(?=\S)/m).flatMap((entry) => (entry.trim() === '' ? [] : entry.replace(/\s+/g, ' ')));
};

export const optionsIn = (help: string): readonly OfferedOption[] =>
  entriesOf(help, 'Options').map((entry) => ({
    name: /--[\w-]+/.exec(entry)?.[0] ?? entry,
    choices: [...(/\(choices: ([^)]*?)(?:, default|\))/.exec(entry)?.[1] ?? '').matchAll(/"([^"]*)"/g)].map(
      ([, choice = '']) => choice,
    ),
  }));

export const commandsIn = (help: string): readonly string[] =>
  entriesOf(help, 'Commands').map((entry) => entry.split(' ')[0] ?? '');

/** `check --format json`, or `check --config` where anything goes: what a call makes use of. */
export const usedBy = (command: string, args: readonly string[]): readonly string[] =>
  args.flatMap((arg, index) => {
    const [name = '', value = args[index + 1]] = arg.split('=');
    return name.startsWith('--') ? [`${command} ${name}`, `${command} ${name} ${value}`] : [];
  });
