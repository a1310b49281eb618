import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** A folder for build results that is kept between runs. */
export const cached = async (name: string): Promise<string> => {
  const folder = fileURLToPath(new URL(`../.cache/bench/${name}/`, import.meta.url));
  await mkdir(folder, { recursive: true });
  return folder;
};
