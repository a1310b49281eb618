import { Argument, Command } from 'commander';
import { loadSettings } from '../../config/load.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { type CommandWords, commandWords } from '../completion/words.ts';
import { zshCompletion } from '../completion/zsh.ts';
import type { Context } from '../context.ts';
import { printExact } from '../print.ts';

const scripts = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} as const satisfies Record<string, (commands: readonly CommandWords[]) => string>;

type Shell = keyof typeof scripts;

export const completionCommand = ({ exit }: Context): Command =>
  new Command('completion')
    .description('print a script that completes commands, options and names in your shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(scripts)))
    .addHelpText(
      'after',
      `
Put it where your shell looks for it:
  bash:  hokusai-synthetics completion bash >> ~/.bash_completion
  zsh:   hokusai-synthetics completion zsh > "\${fpath[1]}/_hokusai-synthetics"
  fish:  hokusai-synthetics completion fish > ~/.config/fish/completions/hokusai-synthetics.fish`,
    )
    .action(async (shell: Shell, _options: unknown, command: Command) => {
      const { targets } = await loadSettings(null);
      const program = command.parent ?? command;
      const words = commandWords(
        program,
        targets.map(({ id }) => id),
      );
      await printExact(scripts[shell](words));
      exit(0);
    });
