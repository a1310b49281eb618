import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

/** A program that runs the function named in its environment, as Lambda does. */
export interface LambdaRuntime {
  readonly name: string;
  readonly script: string;
}

const version = '4.0.2';
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.cache', `aws-lambda-ric-${version}`);

/** Needed to compile curl and aws-lambda-cpp from source. */
const tools = ['autoconf', 'automake', 'libtoolize', 'cmake', 'g++', 'make', 'python3', 'tar', 'xz'];

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const missingTools = async (): Promise<readonly string[]> => {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = await Promise.all(
    tools.map(async (tool) => (await Promise.all(folders.map((one) => exists(join(one, tool))))).includes(true)),
  );
  return tools.filter((_, index) => found[index] !== true);
};

/** Compiling takes a minute on an idle machine. */
const compileLimitMs = 10 * 60_000;

const say = (text: string): void => void process.stderr.write(`[lambda runtime] ${text}\n`);

const ownLoop = (reason: string): LambdaRuntime => {
  const runtime = {
    name: 'our own loop over the runtime API',
    script: fileURLToPath(new URL('runtime-loop.ts', import.meta.url)),
  };
  say(`${reason}: the bundle runs in plain Node ${process.versions.node} under ${runtime.name}`);
  return runtime;
};

/** Compiles in a separate folder of this run, so an interrupted build never looks finished. */
const compile = async (): Promise<void> => {
  await mkdir(dirname(folder), { recursive: true });
  const building = await mkdtemp(`${folder}.building-`);
  try {
    // npm requires consent to install scripts per package.
    const manifest = { private: true, allowScripts: { 'aws-lambda-ric': true } };
    await writeFile(join(building, 'package.json'), JSON.stringify(manifest));
    await run('npm', ['install', '--prefix', building, '--no-audit', '--no-fund', `aws-lambda-ric@${version}`], {
      // The compiler's scripts call `node`: use the one running this.
      env: {
        PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
        MAKEFLAGS: `-j${availableParallelism()}`,
      },
      limitMs: compileLimitMs,
    });
    await rm(folder, { recursive: true, force: true });
    await rename(building, folder);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
};

/**
 * AWS's own runtime client, compiled once (about a minute) and kept in `.cache`. If it cannot be built, a simple loop
 * of our own replaces it. Reports which of the two is used and why. Called once per run before the tests: they run in
 * parallel, and each would compile.
 */
export const prepareLambdaRuntime = async (): Promise<LambdaRuntime> => {
  const script = join(folder, 'node_modules', 'aws-lambda-ric', 'index.mjs');
  const addon = join(dirname(script), 'rapid-client.node');
  if (!(await exists(addon))) {
    const missing = await missingTools();
    if (missing.length > 0)
      return ownLoop(`aws-lambda-ric ${version} cannot be compiled without ${missing.join(', ')}`);
    say(`compiling aws-lambda-ric ${version} into .cache, about a minute, once`);
    try {
      await compile();
    } catch (error) {
      return ownLoop(`aws-lambda-ric ${version} did not compile (${error instanceof Error ? error.message : error})`);
    }
  }
  say(`the bundle runs in plain Node ${process.versions.node} under AWS's aws-lambda-ric ${version}`);
  return { name: `aws-lambda-ric ${version}`, script };
};
