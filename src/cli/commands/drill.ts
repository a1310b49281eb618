import { Command, Option } from 'commander';
import { nearest } from '../../config/nearest.ts';
import { runCycle } from '../../cycle.ts';
import { runDrill } from '../../drill/drill.ts';
import { type Pairing, type Plan, pairings, planOf } from '../../drill/plan.ts';
import type { Check } from '../../drill/site.ts';
import type { Drill } from '../../platform/drill.ts';
import { renderDrillHtml } from '../../report/drill/html.ts';
import { renderDrillJson } from '../../report/drill/json.ts';
import { renderDrill } from '../../report/drill/pretty.ts';
import { faults } from '../../sandbox/faults/faults.ts';
import type { GenerationName } from '../../sandbox/generations.ts';
import { createCountProgress } from '../count-progress.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadInputs } from '../inputs.ts';
import { mustBeWritable, writeOutput } from '../output.ts';
import { collect } from '../parse.ts';
import { generationOption, paceOption } from '../sandboxed.ts';
import { describeTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const formats = ['pretty', 'json', 'html'] as const;

interface DrillCommandOptions {
  readonly fault: readonly string[];
  /** False: --no-pairs. */
  readonly pairs: Pairing | false;
  readonly generation: GenerationName;
  readonly pace: number;
  readonly format: (typeof formats)[number];
  readonly output?: string;
  readonly verbose?: boolean;
}

export const drillCommand = (exit: (code: number) => void): Command =>
  new Command('drill')
    .description(
      'inject every fault of the sandbox, alone, in pairs and with noise, and say how well the diagnosis does',
    )
    .option(
      '--fault <id>',
      'only this one, and pairs of such; can be repeated (sandbox --list names them)',
      collect,
      [],
    )
    .addOption(
      new Option('--pairs <which>', 'two faults at once: one for each hypothesis, or every one')
        .choices(pairings)
        .default('representative'),
    )
    .option('--no-pairs', 'the same as --pairs none')
    .addOption(generationOption())
    .addOption(paceOption())
    .addOption(new Option('--format <format>', 'how to report').choices(formats).default('pretty'))
    .option('--output <file>', 'write the report to a file')
    .option('--verbose', 'in the text, every injection with its answer')
    .action(async (options: DrillCommandOptions) => exit(await drill(options)));

const drill = async (options: DrillCommandOptions): Promise<number> => {
  const { generation, pace, pairs, fault, output } = options;
  const plan = planFor(fault, pairs === false ? 'none' : pairs);
  await mustBeWritable(output);
  const progress = createCountProgress(process.stderr);
  const result = await runDrill({ plan, generation, pace, check, onProgress: progress.show });
  progress.end();
  await writeOutput(render(result, options), output);
  return result.promises.every(({ holds }) => holds) ? exitCodes.fine : exitCodes.failing;
};

const planFor = (wanted: readonly string[], pairing: Pairing): Plan => {
  const unknown = wanted.find((id) => !Object.hasOwn(faults, id));
  if (unknown === undefined) return planOf(wanted, pairing);
  const suggestion = nearest(unknown, Object.keys(faults));
  throw new UsageError(
    `--fault ${unknown}: there is no such fault; ${suggestion === null ? 'sandbox --list names them' : `did you mean ${suggestion}?`}`,
  );
};

const check: Check = async (configurationFile) => {
  const inputs = await loadInputs({ configuration: configurationFile, targets: [], baseline: null });
  const { targets, limits } = inputs.settings;
  return { report: await runCycle({ ...inputs, deadlineMs: limits.deadlineMs }), targets };
};

const render = (result: Drill, { format, output, verbose = false }: DrillCommandOptions): string => {
  switch (format) {
    case 'json':
      return renderDrillJson(result);
    case 'html':
      return renderDrillHtml(result);
    case 'pretty': {
      const { color, width } = describeTerminal(process.stdout, process.env);
      return renderDrill(result, { color: color && output === undefined, width, verbose });
    }
  }
};
