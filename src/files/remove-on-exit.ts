import { rmSync } from 'node:fs';

const paths = new Set<string>();

const removeAll = (): void => {
  for (const path of paths) {
    try {
      // Something may still be written into the folder during removal.
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // The process is ending, so the error cannot be reported.
    }
  }
};

/**
 * Removes a file or folder when this process ends in any way except SIGKILL. In a thread: when the thread ends by
 * itself.
 * @returns a function that cancels this, for when the file is removed or in its final place
 */
export const removeOnExit = (path: string): (() => void) => {
  if (paths.size === 0) process.once('exit', removeAll);
  paths.add(path);
  return () => {
    paths.delete(path);
    if (paths.size === 0) process.off('exit', removeAll);
  };
};
