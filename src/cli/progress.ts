import type { WriteStream } from 'node:tty';
import type { Settings } from '../config/settings.ts';
import { selectTargets } from '../cycle.ts';
import type { Outcome } from '../platform/report.ts';

export interface Progress {
  readonly show: (outcome: Outcome) => void;
  readonly end: () => void;
}

/** One line that counts, on a terminal only: what is done, what failed, who is waited for. */
export const createProgress = (
  stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'>,
  settings: Settings,
  only: readonly string[] | null,
): Progress => {
  if (stream.isTTY !== true) return { show: () => undefined, end: () => undefined };
  const waiting = new Set(selectTargets(settings, only).map(({ id }) => id));
  const total = waiting.size;
  let failing = 0;
  const draw = (): void => {
    const names = [...waiting].slice(0, 3).join(', ');
    const line = `${total - waiting.size}/${total} checks${failing > 0 ? ` · ${failing} not well` : ''}${names === '' ? '' : ` · waiting for ${names}`}`;
    stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}`);
  };
  draw();
  return {
    show: ({ target, status, known }) => {
      waiting.delete(target);
      if (status !== 'pass' && status !== 'skipped' && !known) failing += 1;
      draw();
    },
    end: () => stream.write('\r\u001b[K'),
  };
};
