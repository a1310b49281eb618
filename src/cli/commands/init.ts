import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Command } from 'commander';
import { ownCommand } from '../../model/own-command.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { defaultAnswers } from '../init/answers.ts';
import { ask } from '../init/ask.ts';
import { configurationText } from '../init/document.ts';
import { openOutput } from '../output.ts';
import { notEmpty } from '../parse.ts';
import { say } from '../print.ts';
import { UsageError } from '../usage-error.ts';

interface InitOptions {
  readonly output: string;
  readonly yes?: boolean;
  readonly force?: boolean;
}

export const initCommand = ({ exit, interrupt }: Context): Command =>
  new Command('init')
    .description('write a commented configuration: asks for the environment, hosts, key and channels')
    .option('--output <file>', 'file to write; - is standard output', notEmpty, 'synthetics.yaml')
    .option('--yes', 'ask nothing, and use the defaults')
    .option('--force', 'replace the file if it exists')
    .action(async ({ output, yes, force }: InitOptions) => {
      if (output !== '-' && force !== true && existsSync(output))
        throw new UsageError(`${output} exists: --force replaces it, --output FILE writes another one`);
      const file = await openOutput(output, [], 'configuration');
      const answers = yes === true ? defaultAnswers : await ask();
      await file.write(configurationText(answers, output === '-' ? null : schemaFor(output)), interrupt.signal);
      if (!file.isStandard) say(`next: ${ownCommand('validate', output, '--online')}`);
      exit(exitCodes.fine);
    });

/** The package's schema, as a path from the folder of `file`, as editors read it. Null: this build has none beside it. */
const schemaFor = (file: string): string | null => {
  const schema = join(import.meta.dirname, '..', '..', 'schema', 'synthetics.schema.json');
  if (!existsSync(schema)) return null;
  const path = relative(dirname(resolve(file)), schema)
    .split(sep)
    .join('/');
  return path.startsWith('.') ? path : `./${path}`;
};
