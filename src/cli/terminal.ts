import type { WriteStream } from 'node:tty';

/** Width of lines where there is no terminal to ask: most viewers of logs show that much. */
const pipeWidth = 160;

/** What to write for: colour only on a terminal, never with NO_COLOR (no-color.org). */
export const describeTerminal = (
  stream: Pick<WriteStream, 'isTTY' | 'columns'>,
  env: Readonly<Record<string, string | undefined>>,
): { readonly color: boolean; readonly width: number } => ({
  color: stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
  width: Math.max(60, stream.isTTY === true ? (stream.columns ?? pipeWidth) : pipeWidth),
});
