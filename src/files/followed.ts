import { readlink, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf } from './file-error.ts';

/** The kernel's own limit (path_resolution(7)). More links than this form a loop. */
const mostLinks = 40;

/** The final target of any links at this path, even if nothing exists there. @throws file system errors */
export const followed = async (path: string): Promise<string> => {
  let place = path;
  for (let links = 0; links <= mostLinks; links += 1) {
    const to = await readlink(place).catch((error: unknown) => {
      // Not a link, or nothing there.
      if (codeOf(error) === 'EINVAL' || codeOf(error) === 'ENOENT') return null;
      throw error;
    });
    if (to === null) return place;
    place = resolve(await realpath(dirname(place)), to);
  }
  throw Object.assign(new Error(`${path}: too many links`), { code: 'ELOOP' });
};
