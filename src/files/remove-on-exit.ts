import { rmSync } from 'node:fs';

const paths = new Set<string>();

const removeAll = (): void => {
  for (const path of paths) {
    try {
      // Something may still be written into a folder while it is removed.
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Nobody is left to be told.
    }
  }
};

/**
 * Removes a file or folder when this process ends, in whatever way but by SIGKILL; in a thread: when the thread ends by itself.
 * @returns what forgets it, once it is removed or has its place
 */
export const removeOnExit = (path: string): (() => void) => {
  if (paths.size === 0) process.once('exit', removeAll);
  paths.add(path);
  return () => {
    paths.delete(path);
    if (paths.size === 0) process.off('exit', removeAll);
  };
};
