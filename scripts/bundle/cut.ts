import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Loader, Plugin } from 'esbuild';

/** A change to the files of a package whose path matches. */
export interface Cut {
  readonly files: RegExp;
  /** Returns the new text. */
  readonly replace: (text: string) => string;
}

const loaders: Readonly<Record<string, Loader>> = { '.json': 'json', '.ts': 'ts' };

/**
 * A plugin that removes what a bundle never uses. A cut that matches or changes nothing fails the build: the package is
 * then no longer the one that the cut was written for.
 */
export const cutting = (name: string, cuts: readonly Cut[]): Plugin => ({
  name: `cut ${name}`,
  setup(build) {
    const found = new Set<Cut>();
    for (const cut of cuts) {
      build.onLoad({ filter: cut.files }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const contents = cut.replace(text);
        if (contents !== text) found.add(cut);
        return { contents, loader: loaders[extname(path)] ?? 'js' };
      });
    }
    build.onEnd(() => ({
      errors: cuts
        .filter((cut) => !found.has(cut))
        .map(({ files }) => ({
          text: `Nothing to cut at ${files}: has the package changed, or is it no longer used?`,
        })),
    }));
  },
});
