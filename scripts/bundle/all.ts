import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleCli } from './cli.ts';
import { bundleLambda, type FunctionName, functionNames } from './lambda.ts';

export type BundleName = 'cli' | FunctionName;
export const bundleNames: readonly BundleName[] = ['cli', ...functionNames];

/** A bundle's entry file, relative to the output folder. */
export const entryOf = (name: BundleName): string => (name === 'cli' ? 'cli.js' : `lambda/${name}/index.mjs`);

/** Bundles everything that ships into one folder and returns esbuild's metafile of each bundle. */
export const bundleAll = async (root: string, outdir: string): Promise<Readonly<Record<BundleName, Metafile>>> => {
  const functions = functionNames.map(
    async (name) => [name, await bundleLambda(root, name, join(outdir, 'lambda', name))] as const,
  );
  const cli = await bundleCli(root, outdir);
  return { cli, ...(Object.fromEntries(await Promise.all(functions)) as Record<FunctionName, Metafile>) };
};
