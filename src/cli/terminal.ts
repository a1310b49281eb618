import type { WriteStream } from 'node:tty';

/** Line width without a terminal: most log viewers show that much. */
const pipeWidth = 160;

/** Colour and width of the output: colour only on a terminal, never with NO_COLOR (no-color.org). */
export const describeTerminal = (
  stream: Pick<WriteStream, 'isTTY' | 'columns'>,
  env: Readonly<Record<string, string | undefined>>,
): { readonly color: boolean; readonly width: number } => ({
  color: stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
  width: Math.max(60, stream.isTTY === true ? (stream.columns ?? pipeWidth) : pipeWidth),
});
