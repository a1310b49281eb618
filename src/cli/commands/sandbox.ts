import { Command, Option } from 'commander';
import type { Fault } from '../../sandbox/faults/fault.ts';
import { faults } from '../../sandbox/faults/faults.ts';
import {
  generationOption,
  mlflowOption,
  paceOption,
  type SandboxFlags,
  scenarioOption,
  withSandbox,
} from '../sandboxed.ts';

interface SandboxCommandOptions extends SandboxFlags {
  readonly list?: boolean;
  readonly format: 'pretty' | 'json';
}

export const sandboxCommand = (exit: (code: number) => void): Command =>
  new Command('sandbox')
    .description('run the embedded platform on loopback, and print a configuration with which check finds it')
    .addOption(scenarioOption())
    .option('--list', 'name every scenario, and end')
    .addOption(new Option('--format <format>', 'of the list').choices(['pretty', 'json']).default('pretty'))
    .addOption(generationOption())
    .addOption(mlflowOption())
    .addOption(paceOption())
    .action(async (options: SandboxCommandOptions) => {
      if (options.list === true) process.stdout.write(options.format === 'json' ? listJson() : list());
      else await serve(options);
      exit(0);
    });

const serve = (options: SandboxCommandOptions): Promise<void> =>
  withSandbox(options, async ({ configuration, configurationFile }) => {
    const stopped = Promise.race(
      (['SIGINT', 'SIGTERM'] as const).map((signal) => new Promise((resolve) => process.once(signal, resolve))),
    );
    process.stdout.write(configuration);
    process.stderr.write(
      `the sandbox runs${options.scenario.length > 0 ? ` with ${options.scenario.join(', ')}` : ''}; ` +
        `in another terminal: hokusai-synthetics check --config ${configurationFile}\nCtrl-C ends it\n`,
    );
    // A timer keeps the process alive: the sandbox lives in a thread, and a signal alone does not.
    const alive = setInterval(() => undefined, 60_000);
    await stopped;
    clearInterval(alive);
  });

const entries = (): readonly (readonly [string, Fault])[] => Object.entries(faults);

const list = (): string =>
  entries()
    .map(
      ([id, { title, shows, verdicts = ['failing'], causes }]) =>
        `${id}\n    ${title}\n    ${verdicts.join(' or ')}${shows.length === 0 ? '' : `: ${shows.join(', ')}`}` +
        `${causes.length > 0 ? ` · cause: ${causes.join(', ')}` : ''}\n`,
    )
    .join('');

const listJson = (): string =>
  `${JSON.stringify(
    entries().map(([id, { title, shows, verdicts = ['failing'], causes, needsStandIn }]) => ({
      id,
      title,
      verdicts,
      shows,
      causes,
      needsStandIn: needsStandIn === true,
    })),
    null,
    2,
  )}\n`;
