import { Command, CommanderError } from 'commander';
import { alwaysVerifyTls } from '../aws/verified-tls.ts';
import { prober } from '../version.ts';
import { checkCommand } from './commands/check.ts';
import { completionCommand } from './commands/completion.ts';
import { confirmCommand } from './commands/confirm.ts';
import { drillCommand } from './commands/drill.ts';
import { explainCommand } from './commands/explain.ts';
import { incidentsCommand } from './commands/incidents.ts';
import { initCommand } from './commands/init.ts';
import { mcpCommand } from './commands/mcp.ts';
import { notifyCommand } from './commands/notify.ts';
import { replayCommand } from './commands/replay.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { sweepCommand } from './commands/sweep.ts';
import { validateCommand } from './commands/validate.ts';
import { watchCommand } from './commands/watch.ts';
import type { Context } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import { createInterrupt } from './interrupt.ts';
import { passOptionsOn } from './parent-options.ts';
import { print, say, tolerateClosedStreams } from './print.ts';
import { sentenceOf } from './sentence.ts';

/** Usage errors exit with our code instead of commander's, and subcommands get their parent's options. */
const prepared = (command: Command, writeOut: (text: string) => void): Command => {
  for (const below of command.commands) prepared(below, writeOut);
  return command.hook('preAction', passOptionsOn).configureOutput({ writeOut, writeErr }).exitOverride();
};

/** Commander's errors repeat the argument. */
const writeErr = (text: string): void => say(text.trimEnd());

/** Runs a command and returns its exit code. Never throws, never prints a stack trace. */
export const run = async (args: readonly string[]): Promise<number> => {
  tolerateClosedStreams();
  if (alwaysVerifyTls(process.env))
    say(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are always verified; network.caFile and NODE_EXTRA_CA_CERTS add an authority',
    );
  let exitCode: number = exitCodes.fine;
  const context: Context = {
    exit: (code) => {
      exitCode = code;
    },
    interrupt: createInterrupt(),
  };
  const helped: string[] = [];
  try {
    await programOf(context, (text) => void helped.push(text)).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return await endedBy(error, helped.join(''));
  }
};

const programOf = (context: Context, writeOut: (text: string) => void): Command => {
  const program = new Command(prober.name)
    .description('Probes the Hokusai ML platform, and names the broken hop.')
    .version(prober.version)
    .enablePositionalOptions()
    .showHelpAfterError('(see --help)')
    .showSuggestionAfterError();
  for (const command of commands) program.addCommand(command(context));
  return prepared(program, writeOut);
};

const commands = [
  checkCommand,
  watchCommand,
  incidentsCommand,
  sandboxCommand,
  explainCommand,
  confirmCommand,
  replayCommand,
  drillCommand,
  initCommand,
  validateCommand,
  notifyCommand,
  sweepCommand,
  completionCommand,
  mcpCommand,
];

/** Prints the error, unless commander has already done so. Commander throws with code 0 for help and version. */
const endedBy = async (error: unknown, help: string): Promise<number> => {
  if (error instanceof CommanderError && error.exitCode !== 0) return exitCodes.monitor;
  try {
    if (!(error instanceof CommanderError)) throw error;
    await print(help);
    return exitCodes.fine;
  } catch (thrown) {
    say(sentenceOf(thrown));
    return exitCodes.monitor;
  }
};
