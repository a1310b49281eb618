import type { Command } from 'commander';
import { UsageError } from './usage-error.ts';

/**
 * Options of a command that stand before the name of one below it, as in `incidents --state FILE mute …`, are for that one:
 * commander would keep them for the first, and the second would write elsewhere. For commander's hook `preAction`.
 * @throws UsageError when the one below has no such option, or was given another value
 */
export const passOptionsOn = (parent: Command, command: Command): void => {
  if (parent === command) return;
  for (const option of parent.options) {
    const name = option.attributeName();
    if (parent.getOptionValueSource(name) !== 'cli') continue;
    const value: unknown = parent.getOptionValue(name);
    const isKnown = command.options.some((own) => own.attributeName() === name);
    if (!isKnown)
      throw new UsageError(`${option.long ?? name} is not for ${parent.name()} ${command.name()}: leave it out`);
    if (command.getOptionValueSource(name) === 'cli' && command.getOptionValue(name) !== value)
      throw new UsageError(`${option.long ?? name} is given twice, before and after ${command.name()}: leave one out`);
    command.setOptionValueWithSource(name, value, 'cli');
  }
};
