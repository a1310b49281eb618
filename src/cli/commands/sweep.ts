import { Command } from 'commander';
import { registrationHost } from '../../platform/registration.ts';
import type { Made } from '../../platform/report.ts';
import { sweepOnce } from '../../registration/sweep-once.ts';
import { plainText, plural } from '../../report/plain-text.ts';
import { createTools } from '../../tools.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadInputs } from '../inputs.ts';

interface SweepOptions {
  readonly config?: string;
  readonly dryRun?: boolean;
}

export const sweepCommand = (exit: (code: number) => void): Command =>
  new Command('sweep')
    .description('delete what registration flows that were killed have left; every cycle does it too, a few at a time')
    .option('--config <file>', 'configuration; without it the defaults, and the key from HOKUSAI_API_KEY')
    .option('--dry-run', 'only show what would be deleted')
    .action(async ({ config, dryRun = false }: SweepOptions) => {
      const { settings, apiKey } = await loadInputs({
        configuration: config ?? null,
        targets: [registrationHost],
        baseline: null,
      });
      const { deadlineMs } = settings.limits;
      const tools = createTools({ settings, apiKey, deadlineMs }, performance.now());
      const { found, removed, left, failure } = await sweepOnce(settings, tools, dryRun);
      tools.resolver.cancel();
      const lines = [
        ...(dryRun
          ? found.map((made) => `would delete ${shown(made)}`)
          : removed.map((made) => `deleted ${shown(made)}`)),
        ...left.map((made) => `left behind ${shown(made)}`),
        ...(failure === null
          ? []
          : [`${failure.failureMode ?? failure.status}: ${plainText(failure.evidence.summary)}`]),
        failure === null && found.length === 0 ? 'nothing is left over' : summary(found, removed, left, dryRun),
        '',
      ];
      process.stdout.write(lines.join('\n'));
      exit(failure === null && left.length === 0 ? exitCodes.fine : exitCodes.failing);
    });

const shown = ({ thing, id }: Made): string => `${thing} ${plainText(id)}`;

const summary = (found: readonly Made[], removed: readonly Made[], left: readonly Made[], dryRun: boolean): string =>
  dryRun
    ? `${plural(found.length, 'left-over')} would be deleted, with all that belongs to it`
    : `${removed.length} deleted, ${left.length} left behind`;
