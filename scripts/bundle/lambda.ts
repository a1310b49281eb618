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

/** What every function uses, and so has to be cut. */
const common = [
  undici,
  awsCredentials,
  awsSchemas,
  awsUnused,
  packageJson,
  logger,
  nodeBuiltins,
  yamlModules,
  yamlWriter,
] as const;

/** A cut that finds nothing fails the build, so each function names its own. */
const functions = {
  probe: { entry: 'src/lambda/handler.ts', cuts: [...common, awsQuery] },
  'deploy-hook': { entry: 'src/deploy-hook/handler.ts', cuts: common },
} as const;

export type FunctionName = keyof typeof functions;

/** Bundles a function for the runtime nodejs24.x: one entry, and chunks that are loaded when they are needed. */
export const bundleLambda = async (root: string, name: FunctionName, outdir: string): Promise<Metafile> => {
  const { entry, cuts } = functions[name];
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: entry },
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
      ...cuts,
    ],
  });
  return metafile;
};
