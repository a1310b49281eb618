import type { WriteStream } from 'node:tty';
import { Command, Option } from 'commander';
import { runDrill } from '../../drill/drill.ts';
import { type Pairing, pairings, planOf } from '../../drill/plan.ts';
import type { Check } from '../../drill/site.ts';
import type { Drill } from '../../model/drill.ts';
import type { Judgement } from '../../model/incident.ts';
import { monitor } from '../../monitor/monitor.ts';
import { renderDrillHtml } from '../../report/drill/html.ts';
import { renderDrill } from '../../report/drill/pretty.ts';
import { jsonText } from '../../report/json-text.ts';
import type { GenerationName } from '../../sandbox/generations.ts';
import { readable } from '../ascii.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { type FollowUpFlags, followUpOption, withFollowUp } from '../follow-up.ts';
import { judgementsOf, placed } from '../incident-place.ts';
import { loadInputs } from '../inputs.ts';
import type { Section } from '../interrupt.ts';
import { assertDistinct, type Output, openOutput, writeEach } from '../output.ts';
import { type Endings, formatOptionOf, type OutputFlags, outputOption, wantedOutputs } from '../output-formats.ts';
import type { PlaceOptions } from '../own-command.ts';
import { collect } from '../parse.ts';
import { say } from '../print.ts';
import { assertFaults, generationOption, paceOption } from '../sandboxed.ts';
import { describeTerminal } from '../terminal.ts';

const formats = ['pretty', 'json', 'html'] as const;
type Format = (typeof formats)[number];

const endings: Endings<Format> = { '.json': 'json', '.html': 'html', '.txt': 'pretty' };

interface DrillCommandOptions extends FollowUpFlags, PlaceOptions, OutputFlags<Format> {
  readonly fault: readonly string[];
  /** False: --no-pairs. */
  readonly pairs: Pairing | false;
  readonly generation: GenerationName;
  readonly pace: number;
  readonly verbose?: boolean;
}

export const drillCommand = (context: Context): Command =>
  placed(new Command('drill'))
    .description('inject every sandbox fault, alone, in pairs and with noise, and score the diagnosis')
    .addOption(
      new Option(
        '--fault <id>',
        'only this fault, and pairs of the given faults; repeatable (sandbox --list shows them)',
      )
        .argParser(collect)
        .default([], 'all'),
    )
    .addOption(
      new Option('--pairs <which>', 'two faults at once: one fault for each hypothesis, or all faults')
        .choices(pairings)
        .default('representative'),
    )
    .option('--no-pairs', 'the same as --pairs none')
    .addOption(followUpOption())
    .addOption(generationOption())
    .addOption(paceOption())
    .addOption(formatOptionOf(formats))
    .addOption(outputOption())
    .option('--verbose', 'also list every injection with its diagnosis (pretty format only)')
    .action(async (options: DrillCommandOptions) => context.exit(await drill(options, context)));

const drill = async (options: DrillCommandOptions, { interrupt }: Context): Promise<number> => {
  const { generation, pace, pairs, fault } = options;
  assertFaults((id) => `--fault ${id}: there is no such fault`, fault);
  const plan = planOf(fault, pairs === false ? 'none' : pairs);
  const places = await openPlaces(options);
  // Before the work: it takes minutes, and the place may be wrong.
  const judgements = await judgementsOf(options);
  const stop = interrupt.signal;
  const progress = createCountProgress(process.stderr);
  const result = await interrupt.during(drilling, () =>
    runDrill({ plan, generation, pace, check: checkUntil(stop, options), stop, onProgress: progress.show }),
  );
  progress.end();
  if (result === null) {
    say('no report is written: only a complete drill has one');
    return interrupt.exitCode() ?? exitCodes.monitor;
  }
  await writeEach(
    places.map(
      ({ format, output }) =>
        () =>
          output.write(render(result, format, { judgements, toTerminal: output.isStandard, ...options }), stop),
    ),
  );
  return result.promises.every(({ holds }) => holds) ? exitCodes.fine : exitCodes.failing;
};

/** A progress line, on terminals only. */
const createCountProgress = (
  stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'>,
): { readonly show: (done: number, of: number, what: string) => void; readonly end: () => void } => {
  if (stream.isTTY !== true) return { show: () => undefined, end: () => undefined };
  return {
    show: (done, of, what) => {
      const line = `${done}/${of} ${what}`;
      stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    end: () => stream.write('\r\u001b[K'),
  };
};

const drilling: Section = { says: () => 'closing the sandboxes', left: () => [] };

const checkUntil =
  (stop: AbortSignal, flags: FollowUpFlags): Check =>
  async (configurationFile) => {
    const inputs = await loadInputs({ configuration: configurationFile, targets: [], baseline: null });
    const settings = withFollowUp(inputs.settings, flags);
    const { targets, limits } = settings;
    const { report } = await monitor({ ...inputs, settings, deadlineMs: limits.deadlineMs, stop });
    return { report, targets };
  };

const openPlaces = async (options: DrillCommandOptions): Promise<readonly Place[]> => {
  const wanted = wantedOutputs(options, endings, 'pretty');
  await assertDistinct(wanted.flatMap(({ said }) => said ?? []));
  return Promise.all(wanted.map(async ({ said, format }) => ({ format, output: await openOutput(said, []) })));
};

interface Place {
  readonly format: Format;
  readonly output: Output;
}

interface Surroundings {
  readonly verbose?: boolean;
  readonly judgements: readonly Judgement[];
  readonly toTerminal: boolean;
}

const render = (result: Drill, format: Format, { judgements, toTerminal, verbose = false }: Surroundings): string => {
  switch (format) {
    case 'json':
      return jsonText(result);
    case 'html':
      return renderDrillHtml(result);
    case 'pretty': {
      const { color, width } = describeTerminal(process.stdout, process.env);
      const text = renderDrill(result, { color: color && toTerminal, width, verbose, judgements });
      return toTerminal ? readable(text) : text;
    }
  }
};
