import { Command } from 'commander';
import { createTools } from '../../cycle/tools.ts';
import type { Made } from '../../model/report.ts';
import { registrationHost } from '../../platform/flow-steps.ts';
import { interruptedMs } from '../../registration/ending.ts';
import { type SweepReport, sweepOnce } from '../../registration/sweep-once.ts';
import { plural } from '../../wording/count.ts';
import { plainText } from '../../wording/plain-text.ts';
import { lasting } from '../../wording/time.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadInputs } from '../inputs.ts';
import type { Section } from '../interrupt.ts';
import { notEmpty } from '../parse.ts';
import { print, say } from '../print.ts';

interface SweepFlags {
  readonly config?: string;
  readonly dryRun?: boolean;
  readonly all?: boolean;
}

export const sweepCommand = ({ exit, interrupt }: Context): Command =>
  new Command('sweep')
    .description('delete objects that killed registration flows left behind; every cycle also deletes a few')
    .option(
      '--config <file>',
      'configuration file; default: the built-in targets, and the key from HOKUSAI_API_KEY',
      notEmpty,
    )
    .option('--dry-run', 'only show what would be deleted')
    .option('--all', 'also recent objects, whose flow may still be running')
    .action(async ({ config, dryRun = false, all = false }: SweepFlags) => {
      const { settings, apiKey } = await loadInputs({
        configuration: config ?? null,
        targets: [registrationHost],
        baseline: null,
      });
      const { deadlineMs, leftOverMs } = settings.limits;
      if (all) say(`objects younger than ${lasting(leftOverMs)} may belong to a flow that is still running elsewhere`);
      await interrupt.during(sweeping, async () => {
        const tools = createTools({ settings, apiKey, deadlineMs, stop: interrupt.signal }, performance.now());
        const report = await sweepOnce(settings, tools, { dryRun, all });
        await print([...linesOf(report, dryRun), ...youngLines(report, dryRun, leftOverMs), ''].join('\n'));
        const { failure, left } = report;
        exit(interrupt.exitCode() ?? (failure === null && left.length === 0 ? exitCodes.fine : exitCodes.failing));
      });
    });

/** The next sweep finds what is only half deleted. */
const sweeping: Section = {
  says: () => `finishing the current deletion, up to ${interruptedMs / 1_000} s`,
  left: () => [],
};

const linesOf = ({ found, young, removed, left, failure }: SweepReport, dryRun: boolean): readonly string[] => [
  ...(dryRun ? found.map((made) => `would delete ${shown(made)}`) : removed.map((made) => `deleted ${shown(made)}`)),
  ...left.map((made) => `left behind ${shown(made)}`),
  ...(failure === null ? [] : [`${failure.failureMode ?? failure.status}: ${plainText(failure.evidence.summary)}`]),
  ...(failure !== null || found.length > 0
    ? [summary(found, removed, left, dryRun)]
    : young.length === 0
      ? ['nothing is left over']
      : []),
];

/** Includes objects of a flow that was just interrupted. */
const youngLines = ({ young }: SweepReport, dryRun: boolean, leftOverMs: number): readonly string[] =>
  young.length === 0
    ? []
    : [
        `${young.length} younger than ${lasting(leftOverMs)} ${young.length === 1 ? 'is' : 'are'} kept, because a flow may still be running; --all ${dryRun ? 'shows' : 'deletes'} ${young.length === 1 ? 'it' : 'them'}`,
      ];

const shown = ({ thing, id }: Made): string => `${thing} ${plainText(id)}`;

const summary = (found: readonly Made[], removed: readonly Made[], left: readonly Made[], dryRun: boolean): string =>
  dryRun
    ? `${plural(found.length, 'left-over')} would be deleted, with all that belongs to it`
    : [
        `${removed.length} deleted`,
        `${left.length} left behind`,
        ...(untried(found, [...removed, ...left]) > 0 ? [`${untried(found, [...removed, ...left])} not tried`] : []),
      ].join(', ');

/** A sweep stops at the first failure, or when it is interrupted. */
const untried = (found: readonly Made[], tried: readonly Made[]): number =>
  found.filter(({ id }) => !tried.some((one) => one.id === id)).length;
