import type { Command } from 'commander';
import { UsageError } from './usage-error.ts';

/**
 * Passes options before a subcommand's name on to it, as in `incidents --state FILE mute …`: commander would keep them for the
 * parent, and the subcommand would write to another file. For commander's hook `preAction`.
 * @throws UsageError when the subcommand has no such option, or got another value
 */
export const passOptionsOn = (parent: Command, command: Command): void => {
  if (parent === command) return;
  for (const option of parent.options) {
    const name = option.attributeName();
    if (parent.getOptionValueSource(name) !== 'cli') continue;
    const value: unknown = parent.getOptionValue(name);
    const isKnown = command.options.some((own) => own.attributeName() === name);
    if (!isKnown)
      throw new UsageError(`${option.long ?? name} does not apply to ${parent.name()} ${command.name()}: leave it out`);
    if (command.getOptionValueSource(name) === 'cli' && command.getOptionValue(name) !== value)
      throw new UsageError(`${option.long ?? name} is given twice, before and after ${command.name()}: leave one out`);
    command.setOptionValueWithSource(name, value, 'cli');
  }
};
