import { join, relative, sep } from 'node:path';
import type { Plugin } from 'esbuild';

/** Fails the build before anything is written if a file from these folders would enter the bundle. */
export const keepOut = (root: string, folders: readonly string[]): Plugin => ({
  name: 'keep out',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) =>
      folders.some((folder) => path.startsWith(join(root, folder) + sep))
        ? { errors: [{ text: `${relative(root, path)} must never be in this bundle` }] }
        : undefined,
    );
  },
});
