import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Metafile } from 'esbuild';
import { inject } from 'vitest';
import type { BundleName } from '../../scripts/bundle/all.ts';
import type { FunctionName } from '../../scripts/bundle/lambda.ts';

const root = join(import.meta.dirname, '..', '..');

/** The build of this vitest run: see test/setup/built.ts. */
const builtPackage = inject('builtPackage');

export const distFolder = join(builtPackage, 'dist');

/** The command line as shipped. */
export const builtCli = join(distFolder, 'cli.js');

export const metafileOf = async (name: BundleName): Promise<Metafile> =>
  (JSON.parse(await readFile(join(builtPackage, 'metafiles.json'), 'utf8')) as Record<BundleName, Metafile>)[name];

/** @param path of an output as the metafile names it: relative to the root of the checkout */
export const outputFile = (path: string): string => join(root, path);

/** The chunk of a bundle that holds this source file. */
export const importPart = async (bundle: BundleName, source: string): Promise<unknown> => {
  const { outputs } = await metafileOf(bundle);
  const [path] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source) ?? [];
  if (path === undefined) throw new Error(`${bundle} does not load ${source} by itself`);
  return import(pathToFileURL(outputFile(path)).href);
};

/** Copies a function's code into the test's own folder, where a configuration can be added. */
export const copyFunction = (name: FunctionName, folder: string): Promise<void> =>
  cp(join(distFolder, 'lambda', name), folder, { recursive: true });
