import { spawn } from 'node:child_process';

/** Milliseconds for one call: a cycle with its deadline, and a slow login helper before it. */
const limitMs = 180_000;
/** Characters of a result. The lists of `explain` are the longest. */
const resultLetters = 40_000;
const cutMark = '\n… cut here';

export interface CommandResult {
  readonly exitCode: number | null;
  readonly text: string;
}

/**
 * Runs a command of this program in a process of its own: it gives what a person would get, its output cannot mix with the
 * protocol's, and a cancelled call ends it.
 */
export const runCommand = (program: string, args: readonly string[], signal: AbortSignal): Promise<CommandResult> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, NO_COLOR: '1', COLUMNS: '160' },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    });
    let text = '';
    const take = (chunk: Buffer): void => {
      if (text.length < resultLetters) text += chunk.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => {
      text += `\n${error.name === 'AbortError' ? 'the command was ended before it had finished' : error.message}`;
    });
    child.on('close', (exitCode) => {
      const shown = text.length > resultLetters ? text.slice(0, resultLetters) + cutMark : text;
      resolve({ exitCode, text: shown.trim() });
    });
  });
