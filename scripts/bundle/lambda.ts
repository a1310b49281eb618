import { rm } from 'node:fs/promises';
import { build, type Metafile } from 'esbuild';
import { awsCredentials } from './cuts/aws-credentials.ts';
import { awsQuery } from './cuts/aws-query.ts';
import { awsSchemas } from './cuts/aws-schemas.ts';
import { awsUnused } from './cuts/aws-unused.ts';
import { logger } from './cuts/logger.ts';
import { nodeBuiltins } from './cuts/node-builtins.ts';
import { packageJson } from './cuts/package-json.ts';
import { undici, undiciDefines } from './cuts/undici.ts';
import { yamlModules, yamlWriter } from './cuts/yaml.ts';
import { keepOut } from './keep-out.ts';

/** Bundles the function for the runtime nodejs24.x: one entry, and chunks that are loaded when they are needed. */
export const bundleLambda = async (root: string, outdir: string): Promise<Metafile> => {
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: 'src/lambda/handler.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The packages' own modules, of which the unused parts can be left out; their CommonJS builds are one piece.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    define: { ...undiciDefines },
    plugins: [
      // The sandbox injects faults, and the command line is no part of a function.
      keepOut(root, ['src/sandbox', 'src/cli', 'test']),
      undici,
      awsCredentials,
      awsSchemas,
      awsUnused,
      awsQuery,
      packageJson,
      logger,
      nodeBuiltins,
      yamlModules,
      yamlWriter,
    ],
  });
  return metafile;
};
