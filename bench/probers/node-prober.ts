import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { undici, undiciDefines } from '../../scripts/bundle/cuts/undici.ts';
import { cached } from '../cache.ts';
import { end } from '../child.ts';
import { onOneCore } from './one-core.ts';
import type { Prober, ProberKind, ProberSettings, Question, WaveResult } from './prober.ts';

/**
 * Node probers answer over the process's channel. They are bundled like the product, so that no TypeScript is compiled.
 */
const kindOf = (
  name: string,
  entry: string,
  plugins: Plugin[],
  define: Readonly<Record<string, string>>,
): ProberKind => {
  let bundled: Promise<string> | null = null;
  return {
    name,
    hasFirstCycle: true,
    start: async ({ ports, caFile }, oneCore = false) => {
      bundled ??= bundle(entry, plugins, define);
      const settings: ProberSettings = { ports, caFile };
      const command = [process.execPath, [await bundled, JSON.stringify(settings)]] as const;
      const [file, arguments_] = oneCore ? onOneCore(...command) : command;
      const child = spawn(file, [...arguments_], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      await once(child, 'message');
      return proberOf(child);
    },
  };
};

const proberOf = (child: ChildProcess): Prober => {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the prober ended')));
  // It also exits when nothing more is asked.
  ended.catch(() => undefined);
  const ask = async <T>(question: Question): Promise<T> => {
    const answered = once(child, 'message');
    child.send(question);
    const [answer] = await Promise.race([answered, ended]);
    return answer as T;
  };
  return {
    send: (wave) => ask<WaveResult>({ ask: 'wave', wave }),
    peakMb: () => ask<number>({ ask: 'peak' }),
    close: () => end(child),
  };
};

const bundle = async (entry: string, plugins: Plugin[], define: Readonly<Record<string, string>>): Promise<string> => {
  const outfile = join(await cached('probers'), entry.replace('.ts', '.mjs'));
  await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    define: { ...define },
    plugins,
  });
  return outfile;
};

export const ours = kindOf('hokusai-synthetics', 'ours.ts', [undici], undiciDefines);
export const plainFetch = kindOf('plain undici fetch', 'plain-fetch.ts', [], {});
