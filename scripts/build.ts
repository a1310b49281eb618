import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { bundleCli } from './bundle/cli.ts';
import { bundleLambda, functionNames } from './bundle/lambda.ts';
import { bundleSizes } from './bundle/sizes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(0)} KB`;

const say = (what: string, metafile: Metafile): void => {
  const { entry, sum, parts } = bundleSizes(metafile);
  const heaviest = parts.slice(0, 5).map(([name, bytes]) => `${name} ${kilobytes(bytes)}`);
  console.error(`${what}  ${kilobytes(entry)} at once, ${kilobytes(sum)} in all (${heaviest.join(', ')})`);
};

// `build.ts cli`: the command line alone, and without a word, for it is on the way to something else.
if (process.argv[2] === 'cli') await bundleCli(root, 'dist');
else {
  say('dist/cli.js                        ', await bundleCli(root, 'dist'));
  for (const name of functionNames)
    say(`dist/lambda/${name}/index.mjs`.padEnd(35), await bundleLambda(root, name, `dist/lambda/${name}`));
}
