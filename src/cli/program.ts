import { Command, CommanderError } from 'commander';
import { alwaysVerifyTls } from '../lambda/verified-tls.ts';
import { prober } from '../version.ts';
import { checkCommand } from './commands/check.ts';
import { drillCommand } from './commands/drill.ts';
import { explainCommand } from './commands/explain.ts';
import { incidentsCommand } from './commands/incidents.ts';
import { replayCommand } from './commands/replay.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { sweepCommand } from './commands/sweep.ts';
import { validateCommand } from './commands/validate.ts';
import { watchCommand } from './commands/watch.ts';
import { exitCodes } from './exit-codes.ts';
import { sentenceOf } from './sentence.ts';

/** A wrong call ends with our exit code, not with commander's; of the commands below it, too. */
const withoutExit = (command: Command): Command => {
  for (const below of command.commands) withoutExit(below);
  return command.exitOverride();
};

/** Runs a call of the command line and gives its exit code; never throws, and never shows a stack trace. */
export const run = async (args: readonly string[]): Promise<number> => {
  let exitCode: number = exitCodes.fine;
  const program = new Command(prober.name)
    .description('Probes the Hokusai ML platform, and names the hop that is broken.')
    .version(prober.version)
    .exitOverride()
    .enablePositionalOptions()
    .showHelpAfterError('(--help shows what there is)')
    .showSuggestionAfterError();
  const exit = (code: number): void => {
    exitCode = code;
  };
  const commands = [
    checkCommand,
    watchCommand,
    incidentsCommand,
    sandboxCommand,
    explainCommand,
    replayCommand,
    drillCommand,
    validateCommand,
    sweepCommand,
  ];
  for (const command of commands) program.addCommand(withoutExit(command(exit)));
  // A reader that has seen enough, such as head, is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode);
    throw error;
  });
  if (alwaysVerifyTls(process.env)) {
    process.stderr.write(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are always verified; network.caFile and NODE_EXTRA_CA_CERTS add an authority\n',
    );
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what was wrong with the call; its help and version end with code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.monitor;
    process.stderr.write(`${sentenceOf(error)}\n`);
    return exitCodes.monitor;
  }
};
