import { Command, Option } from 'commander';
import { nearest } from '../../config/nearest.ts';
import type { AwsConfirmation } from '../../model/aws-confirmation.ts';
import { type HypothesisId, hypothesisIds } from '../../platform/hypotheses.ts';
import { jsonText } from '../../report/json-text.ts';
import { findingWords } from '../../wording/aws-confirmation.ts';
import { plural } from '../../wording/count.ts';
import { duration } from '../../wording/time.ts';
import { confirmingWith } from '../confirming.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { isHypothesis } from '../explain-hypothesis.ts';
import { readSettings } from '../inputs.ts';
import { notEmpty } from '../parse.ts';
import { print, printExact } from '../print.ts';
import { UsageError } from '../usage-error.ts';

interface ConfirmOptions {
  readonly config?: string;
  readonly dryRun?: boolean;
  readonly format: 'pretty' | 'json';
}

export const confirmCommand = ({ exit }: Context): Command =>
  new Command('confirm')
    .description('ask AWS, read-only, whether a hypothesis is true; without one, list what each would ask')
    .argument('[hypothesis]', 'a hypothesis (explain hypotheses lists them)', notEmpty)
    .option('--config <file>', 'configuration file, for the names of the resources', notEmpty)
    .option('--dry-run', 'only show the calls')
    .addOption(new Option('--format <format>', 'format of the answers').choices(['pretty', 'json']).default('pretty'))
    .action(async (id: string | undefined, options: ConfirmOptions) => exit(await confirm(id, options)));

const confirm = async (id: string | undefined, { config, dryRun, format }: ConfirmOptions): Promise<number> => {
  const settings = await readSettings(config ?? null);
  const { askableIds, planOf, silenceOf } = await import('../../confirm/plan.ts');
  const ids = id === undefined ? askableIds : [known(id)];
  if (dryRun === true || id === undefined) {
    const plan = planOf(ids, settings);
    const silent = id === undefined ? null : silenceOf(known(id));
    if (format === 'json') await printExact(jsonText({ calls: plan }));
    else await print(silent === null ? planLines(plan, id === undefined) : `AWS cannot decide: ${silent}\n`);
    return exitCodes.fine;
  }
  const { confirmAlone } = await import('../../confirm/confirm.ts');
  const confirmation = await confirmAlone(ids, confirmingWith(settings, null));
  await (format === 'json' ? printExact(jsonText(confirmation)) : print(answerLines(confirmation)));
  const verdicts = confirmation.findings.map(({ verdict }) => verdict);
  if (verdicts.includes('confirmed')) return exitCodes.failing;
  return verdicts.includes('unknown') ? exitCodes.monitor : exitCodes.fine;
};

/** @throws UsageError */
const known = (id: string): HypothesisId => {
  if (isHypothesis(id)) return id;
  const suggestion = nearest(id, hypothesisIds);
  throw new UsageError(
    `confirm ${id}: there is no such hypothesis; ${suggestion === null ? 'explain hypotheses lists them' : `did you mean ${suggestion}?`}`,
  );
};

interface Planned {
  readonly operation: string;
  readonly fact: string;
  readonly after: readonly string[];
  readonly for: readonly string[];
}

const planLines = (plan: readonly Planned[], isForAll: boolean): string => {
  const lines = plan.map(
    ({ operation, fact, after, for: hypotheses }, index) =>
      `${String(index + 1).padStart(3)}  ${operation.padEnd(46)} ${fact}${after.length === 0 ? '' : `, after ${after.join(', ')}`}${isForAll ? `; for ${hypotheses.join(', ')}` : ''}`,
  );
  return `${[...lines, '', `${plural(plan.length, 'call')}, all read-only. Each target group and each page of a long list is a call of its own.`].join('\n')}\n`;
};

const answerLines = ({ findings, calls, durationMs }: AwsConfirmation): string =>
  `${[
    ...findings.map((one) => `${one.hypothesis}: ${findingWords(one)}`),
    `${plural(calls, 'call')} in ${duration(durationMs)}`,
  ].join('\n')}\n`;
