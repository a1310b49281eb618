import { readlink, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf } from './file-error.ts';

/** The kernel's own limit (path_resolution(7)); more are a circle. */
const mostLinks = 40;

/** Where links at this name lead in the end, also when nothing is there. @throws what the file system throws */
export const followed = async (path: string): Promise<string> => {
  let place = path;
  for (let links = 0; links <= mostLinks; links += 1) {
    const to = await readlink(place).catch((error: unknown) => {
      // No link, or nothing at all.
      if (codeOf(error) === 'EINVAL' || codeOf(error) === 'ENOENT') return null;
      throw error;
    });
    if (to === null) return place;
    place = resolve(await realpath(dirname(place)), to);
  }
  throw Object.assign(new Error(`${path}: too many links`), { code: 'ELOOP' });
};
