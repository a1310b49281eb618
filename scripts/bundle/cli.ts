import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { nodeBuiltins } from './cuts/node-builtins.ts';
import { packageJson } from './cuts/package-json.ts';
import { undici, undiciDefines } from './cuts/undici.ts';
import { noDynamicCommonJs } from './dynamic-commonjs.ts';

/**
 * Bundles the command line: `cli.js`, which only looks at the version of Node, and the chunks that it then loads. Readable,
 * so that a stack trace in an issue says something.
 */
export const bundleCli = async (root: string, outdir: string): Promise<Metafile> => {
  await rm(join(outdir, 'cli'), { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    // The thread stands beside the chunk that starts it.
    entryPoints: { cli: 'src/cli/main.ts', 'cli/sandbox-thread': 'src/sandbox/thread.ts' },
    outdir,
    chunkNames: 'cli/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    legalComments: 'none',
    metafile: true,
    define: { ...undiciDefines },
    plugins: [undici, packageJson, nodeBuiltins, noDynamicCommonJs],
  });
  const entry = Object.entries(metafile.outputs).find(([path]) => path.endsWith('/cli.js'));
  const atOnce =
    entry?.[1].imports.filter(({ kind, external }) => kind === 'import-statement' && external !== true) ?? [];
  if (atOnce.length > 0) {
    throw new Error(
      `An old Node must be able to read cli.js, and it would load ${atOnce.map(({ path }) => path).join(', ')} first`,
    );
  }
  const program = join(outdir, 'cli.js');
  await writeFile(program, `#!/usr/bin/env node\n${await readFile(program, 'utf8')}`);
  await chmod(program, 0o755);
  return metafile;
};
