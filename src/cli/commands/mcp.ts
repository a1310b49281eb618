import { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { readSettings } from '../inputs.ts';
import type { Section } from '../interrupt.ts';
import { notEmpty } from '../parse.ts';
import { openPlace } from '../state-place.ts';

interface McpOptions {
  readonly config?: string;
  readonly state?: string;
}

export const mcpCommand = ({ exit, interrupt }: Context): Command =>
  new Command('mcp')
    .description(
      'serve check, explain, incidents, replay and confirm to an agent, read-only, by MCP over standard input and output',
    )
    .option('--config <file>', 'configuration file, for every tool; default: the built-in targets', notEmpty)
    .option('--state <place>', 'where incidents are kept: a file or dynamodb:TABLE', notEmpty)
    .action(async ({ config, state }: McpOptions) => {
      // Each tool reads them again, but its client shows no one why the server is of no use.
      await readSettings(config ?? null);
      await openPlace(state, process.env);
      // Loaded when it is needed: it is larger than the rest of the program.
      const { serveMcp } = await import('../mcp/server.ts');
      const places = {
        config: config === undefined ? [] : ['--config', config],
        state: state === undefined ? [] : ['--state', state],
      };
      await interrupt.during(serving, () => serveMcp(process.argv[1] ?? '', places, interrupt.signal));
      exit(exitCodes.fine);
    });

const serving: Section = { says: () => null, left: () => [] };
