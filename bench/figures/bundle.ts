import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundleLambda } from '../../scripts/bundle/lambda.ts';
import { bundleSizes } from '../../scripts/bundle/sizes.ts';
import { root } from '../cache.ts';
import { median } from '../statistics.ts';
import type { Row } from '../table.ts';

const outdir = '.cache/bench/lambda';

/** Process starts per run. */
const starts = 5;

/** Milliseconds from the start of a process to its end. */
const startMs = (code: string): number => {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { env: {} });
  if (status !== 0) throw new Error(stderr.toString());
  return performance.now() - began;
};

const importing = (path: string): string => `await import(${JSON.stringify(path)})`;

/** The probe function's bundle, and its load time over that of a bare Node process. */
export const bundleRows = async (runs: number, column: string): Promise<readonly Row[]> => {
  const sizes = bundleSizes(await bundleLambda(root, 'probe', outdir));
  const folder = join(root, outdir);
  const chunks = readdirSync(join(folder, 'chunks'));
  const invocation = chunks.find((name) => name.startsWith('invocation-')) ?? '';
  const programs = {
    bare: '',
    entry: importing(join(folder, 'index.mjs')),
    all: importing(join(folder, 'chunks', invocation)),
  };
  const entry: number[] = [];
  const all: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const times = { bare: [] as number[], entry: [] as number[], all: [] as number[] };
    for (let i = 0; i < starts; i += 1)
      for (const name of ['bare', 'entry', 'all'] as const) times[name].push(startMs(programs[name]));
    entry.push(median(times.entry) / median(times.bare));
    all.push(median(times.all) / median(times.bare));
  }
  return [
    { figure: 'bundle, loaded at once, KB', columns: { [column]: [sizes.entry / 1_000] }, goal: '' },
    { figure: 'bundle, all that may be loaded, KB', columns: { [column]: [sizes.sum / 1_000] }, goal: '≤ 600' },
    { figure: 'cold import of the entry over a bare `node` start', columns: { [column]: entry }, goal: '≤ 1.5' },
    { figure: "cold import with all of the first cycle's code", columns: { [column]: all }, goal: '' },
  ];
};
