import { Command, Option } from 'commander';
import { ownCommand } from '../../model/own-command.ts';
import { sleep } from '../../model/sleep.ts';
import { jsonText } from '../../report/json-text.ts';
import type { InjectedFault } from '../../sandbox/faults/fault.ts';
import { faults } from '../../sandbox/faults/faults.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Interrupt, Section } from '../interrupt.ts';
import { print, printExact, say } from '../print.ts';
import {
  generationOption,
  mlflowOption,
  paceOption,
  type SandboxFlags,
  scenarioOption,
  withSandbox,
} from '../sandboxed.ts';
import { UsageError } from '../usage-error.ts';

interface SandboxCommandOptions extends SandboxFlags {
  readonly list?: boolean;
  readonly format: 'pretty' | 'json';
}

export const sandboxCommand = ({ exit, interrupt }: Context): Command =>
  new Command('sandbox')
    .description('run the embedded platform on loopback, and print a configuration for check')
    .addOption(scenarioOption())
    .option('--list', 'list every scenario, and exit')
    .addOption(new Option('--format <format>', 'format of the list').choices(['pretty', 'json']).default('pretty'))
    .addOption(generationOption())
    .addOption(mlflowOption())
    .addOption(paceOption())
    .action(async (options: SandboxCommandOptions, command: Command) => {
      if (options.list !== true && command.getOptionValueSource('format') === 'cli')
        throw new UsageError('--format is the format of the list, so it goes with --list');
      if (options.list === true) await (options.format === 'json' ? printExact(listJson()) : print(list()));
      else await serve(options, interrupt);
      // A signal is its normal end.
      exit(exitCodes.fine);
    });

const serve = (options: SandboxCommandOptions, interrupt: Interrupt): Promise<void> =>
  withSandbox(options, ({ configuration, configurationFile }) =>
    interrupt.during(serving, async () => {
      const { signal } = interrupt;
      await printExact(configuration);
      say(
        `the sandbox runs${options.scenario.length > 0 ? ` with ${options.scenario.join(', ')}` : ''}; ` +
          `in another terminal: ${ownCommand('check', '--config', configurationFile)}\nCtrl-C ends it`,
      );
      // A timer keeps the process alive: the sandbox's thread and a signal handler do not.
      while (!signal.aborted) await sleep(aliveMs, signal);
    }),
  );

const serving: Section = { says: () => null, left: () => [] };
const aliveMs = 60_000;

const entries = (): readonly (readonly [string, InjectedFault])[] => Object.entries(faults);

const list = (): string =>
  entries()
    .map(
      ([id, { title, shows, verdicts = ['failing'], causes }]) =>
        `${id}\n    ${title}\n    ${verdicts.join(' or ')}${shows.length === 0 ? '' : `: ${shows.join(', ')}`}` +
        `${causes.length > 0 ? ` · cause: ${causes.join(', ')}` : ''}\n`,
    )
    .join('');

const listJson = (): string =>
  jsonText(
    entries().map(([id, { title, shows, verdicts = ['failing'], causes, needsStandIn }]) => ({
      id,
      title,
      verdicts,
      shows,
      causes,
      needsStandIn: needsStandIn === true,
    })),
  );
