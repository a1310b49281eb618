import { relative, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { packageJson } from './cuts/package-json.ts';
import { undici, undiciDefines } from './cuts/undici.ts';
import { noDynamicCommonJs } from './dynamic-commonjs.ts';
import { requireBanner } from './require.ts';
import { writeBundle } from './write.ts';

/**
 * Bundles the command line: `cli.js`, which only checks Node's version, and the chunks that it then loads. Not
 * minified, so that stack traces in issues are readable.
 */
export const bundleCli = async (root: string, outdir: string): Promise<Metafile> => {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    // The thread's file must be next to the chunk that starts it.
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
    banner: requireBanner,
    metafile: true,
    write: false,
    define: { ...undiciDefines },
    plugins: [undici, packageJson, noDynamicCommonJs],
  });
  const entry = Object.entries(metafile.outputs).find(([path]) => path.endsWith('/cli.js'));
  const atOnce =
    entry?.[1].imports.filter(({ kind, external }) => kind === 'import-statement' && external !== true) ?? [];
  if (atOnce.length > 0) {
    throw new Error(
      `An old Node must be able to read cli.js, and it would load ${atOnce.map(({ path }) => path).join(', ')} first`,
    );
  }
  const program = resolve(root, outdir, 'cli.js');
  const used = loadedBy(
    metafile,
    ['cli.js', 'cli/sandbox-thread.js'].map((name) => relative(root, resolve(root, outdir, name))),
  );
  const files = outputFiles
    .filter(({ path }) => used.has(relative(root, path)))
    .map(({ path, contents }) => ({
      path,
      contents: path === program ? Buffer.concat([Buffer.from('#!/usr/bin/env node\n'), contents]) : contents,
    }));
  await writeBundle(files, { path: program, mode: 0o755 }, resolve(root, outdir, 'cli'));
  return {
    ...metafile,
    outputs: Object.fromEntries(Object.entries(metafile.outputs).filter(([path]) => used.has(path))),
  };
};

/** The outputs that these load, themselves included. esbuild also writes chunks for imports that it then removes as dead code. */
const loadedBy = ({ outputs }: Metafile, entries: readonly string[]): ReadonlySet<string> => {
  const used = new Set<string>();
  const visit = (path: string): void => {
    if (used.has(path)) return;
    used.add(path);
    for (const { path: next, external } of outputs[path]?.imports ?? []) if (external !== true) visit(next);
  };
  entries.forEach(visit);
  return used;
};
