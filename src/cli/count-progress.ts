import type { WriteStream } from 'node:tty';

/** One line that counts, on a terminal only. */
export const createCountProgress = (
  stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'>,
): { readonly show: (done: number, of: number, what: string) => void; readonly end: () => void } => {
  if (stream.isTTY !== true) return { show: () => undefined, end: () => undefined };
  return {
    show: (done, of, what) => {
      const line = `${done}/${of} ${what}`;
      stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    end: () => stream.write('\r\u001b[K'),
  };
};
