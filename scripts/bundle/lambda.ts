import { resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { awsCredentials } from './cuts/aws-credentials.ts';
import { awsSchemas } from './cuts/aws-schemas.ts';
import { awsUnused } from './cuts/aws-unused.ts';
import { editorHelp, failureMeanings } from './cuts/editor-help.ts';
import { logger } from './cuts/logger.ts';
import { packageJson } from './cuts/package-json.ts';
import { undici, undiciDefines } from './cuts/undici.ts';
import { yamlModules, yamlTags, yamlWriter } from './cuts/yaml.ts';
import { noDynamicCommonJs } from './dynamic-commonjs.ts';
import { keepOut } from './keep-out.ts';
import { requireBanner, withoutUnusedRequire } from './require.ts';
import { writeBundle } from './write.ts';

/** A function's bundle settings, besides those that all functions share. */
interface LambdaBundle {
  readonly entry: string;
  /** Folders whose files must never be included. */
  readonly without: readonly string[];
  readonly define: Readonly<Record<string, string>>;
  /** Cuts for the packages that it uses. A cut that matches nothing fails the build. */
  readonly cuts: readonly Plugin[];
}

/** Cuts for functions that call AWS, and for functions that probe. */
const awsCuts = [awsCredentials, awsSchemas, awsUnused, packageJson] as const;
const probeCuts = [undici, ...awsCuts, logger, yamlModules, yamlTags, yamlWriter, editorHelp, failureMeanings] as const;

/** The sandbox injects faults, and the command line does not belong in a function. */
const neverInFunctions = ['src/sandbox', 'src/cli', 'src/drill', 'test'] as const;

const functions = {
  probe: {
    entry: 'src/functions/probe/handler.ts',
    without: [...neverInFunctions, 'src/functions/widget', 'src/functions/deploy-hook'],
    define: undiciDefines,
    cuts: probeCuts,
  },
  'deploy-hook': {
    entry: 'src/functions/deploy-hook/handler.ts',
    without: [...neverInFunctions, 'src/functions/widget', 'src/notify'],
    define: undiciDefines,
    cuts: probeCuts,
  },
  widget: {
    entry: 'src/functions/widget/handler.ts',
    // It only reads and draws: no probing, diagnosis or notification.
    without: [
      ...neverInFunctions,
      ...['functions/probe', 'functions/deploy-hook', 'probe', 'registration', 'classify', 'notify', 'config'].map(
        (room) => `src/${room}`,
      ),
    ],
    define: {},
    cuts: awsCuts,
  },
  acknowledge: {
    entry: 'src/functions/acknowledge/handler.ts',
    // It reads and writes one item: no probing, diagnosis, drawing or notification.
    without: [
      ...neverInFunctions,
      ...['functions/probe', 'functions/deploy-hook', 'functions/widget', 'probe', 'registration', 'classify'].map(
        (room) => `src/${room}`,
      ),
      ...['diagnose', 'notify', 'report', 'wording', 'config'].map((room) => `src/${room}`),
    ],
    define: {},
    cuts: awsCuts,
  },
} as const satisfies Readonly<Record<string, LambdaBundle>>;

export type FunctionName = keyof typeof functions;
export const functionNames = Object.keys(functions) as readonly FunctionName[];

/** Bundles a function for the runtime nodejs24.x: one entry, and chunks that are loaded on demand. */
export const bundleLambda = async (root: string, name: FunctionName, outdir: string): Promise<Metafile> => {
  const { entry, without, define, cuts }: LambdaBundle = functions[name];
  const bundled = await build({
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
    // The packages' ECMAScript modules, which allow unused parts to be dropped. Their CommonJS builds are single
    // pieces.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    minify: true,
    legalComments: 'none',
    banner: requireBanner,
    metafile: true,
    write: false,
    define: { ...define },
    plugins: [keepOut(root, without), ...cuts, noDynamicCommonJs],
  });
  const { metafile, outputFiles } = withoutUnusedRequire(bundled, root);
  const folder = resolve(root, outdir);
  await writeBundle(outputFiles, { path: resolve(folder, 'index.mjs'), mode: 0o644 }, folder);
  return metafile;
};
