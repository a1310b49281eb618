import './bundle/own-esbuild.ts';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { type BundleName, bundleAll, entryOf } from './bundle/all.ts';
import { bundleCli } from './bundle/cli.ts';
import { bundleSizes } from './bundle/sizes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(0)} KB`;

const say = (name: BundleName, metafile: Metafile): void => {
  const { entry, sum, parts } = bundleSizes(metafile);
  const heaviest = parts.slice(0, 5).map(([part, bytes]) => `${part} ${kilobytes(bytes)}`);
  const file = `dist/${entryOf(name)}`.padEnd(35);
  console.error(`${file}  ${kilobytes(entry)} at once, ${kilobytes(sum)} in all (${heaviest.join(', ')})`);
};

// `build.ts cli` builds the command line only and prints nothing: it runs as a step of other scripts.
if (process.argv[2] === 'cli') await bundleCli(root, 'dist');
else {
  for (const [name, metafile] of Object.entries(await bundleAll(root, 'dist'))) say(name as BundleName, metafile);
}
