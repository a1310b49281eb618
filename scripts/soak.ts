/**
 * `npm run soak -- 2000`: so many cycles in one process against sandboxes whose faults change at random. Reports
 * whether memory and handles grow, and whether each verdict is true. FUZZ_SEED repeats a run.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadInputs } from '../src/cli/inputs.ts';
import { createMemoryStore } from '../src/incidents/stores/memory.ts';
import type { Report } from '../src/model/report.ts';
import { createMemory } from '../src/monitor/memory.ts';
import { monitor } from '../src/monitor/monitor.ts';
import { Random } from '../test/fuzz/random.ts';
import { newSeed } from '../test/fuzz/seed.ts';
import { lineThrough } from './soak/line.ts';
import { openSite, type Site } from './soak/sites.ts';

/** Sandboxes at the same time. One of them is probed at a time. */
const siteCount = 4;
/** A sandbox is replaced after about so many cycles. */
const cyclesPerChange = 4;
const cyclesPerSample = 5;
/** Growth over the second half that counts as flat. */
const flatShare = 0.05;

const cycles = Number(process.argv[2] ?? 200);
const seed = newSeed();
const random = new Random(seed);
const store = createMemoryStore();
const tracker = { store, channels: [], now: Date.now };
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const cycle = async ({ configurationFile, fault }: Site): Promise<Report> => {
  const inputs = await loadInputs({ configuration: configurationFile, targets: [], baseline: null });
  const { limits } = inputs.settings;
  // Only an injected fault makes a response slow, not this machine.
  const slowMs = fault?.endsWith('-slow') === true ? limits.slowMs : limits.deadlineMs;
  const settings = { ...inputs.settings, limits: { ...limits, slowMs } };
  const memory = createMemory({ settings, only: null }, tracker, {
    limits: () => ({ signal: AbortSignal.timeout(60_000) }),
    onNote: () => undefined,
    onTrouble: (sentence) => console.log(sentence),
  });
  const prepared = { ...inputs, settings, missing: null };
  return (await monitor({ ...prepared, deadlineMs: limits.deadlineMs, memory })).report;
};

interface Sample {
  readonly bytes: number;
  readonly resources: Readonly<Record<string, number>>;
}

const sample = async (): Promise<Sample> => {
  // Sockets close in a later turn.
  for (let turns = 5; turns > 0; turns -= 1) await nextTurn();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  const resources: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  return { bytes: heapUsed + external, resources };
};

console.log(`${cycles} cycles with FUZZ_SEED=${seed}`);
const sites = await Promise.all(Array.from({ length: siteCount }, () => openSite(random)));
const samples: Sample[] = [];
const wrong: string[] = [];
let repeated = 0;
for (let done = 0; done < cycles; done += 1) {
  const at = random.below(siteCount);
  let site = sites[at];
  if (site === undefined) break;
  if (random.below(cyclesPerChange) === 0) {
    site = await site.change();
    sites[at] = site;
  }
  let { verdict } = await cycle(site);
  if (!site.verdicts.includes(verdict)) {
    // A busy machine can make a sandbox late. A wrong verdict is one that stays.
    repeated += 1;
    verdict = (await cycle(site)).verdict;
    if (!site.verdicts.includes(verdict)) wrong.push(`${site.fault ?? 'no fault'}: ${verdict}`);
  }
  if (done % cyclesPerSample === 0) samples.push(await sample());
  if (done % 50 === 0) console.log(JSON.stringify({ done, ...samples.at(-1), repeated, wrong }));
}
const half = samples.slice(Math.floor(samples.length / 2));
const names = [...new Set(half.flatMap(({ resources }) => Object.keys(resources)))];
const figures = {
  bytes: lineThrough(half.map(({ bytes }) => bytes)),
  ...Object.fromEntries(names.map((name) => [name, lineThrough(half.map(({ resources }) => resources[name] ?? 0))])),
};
const growing = Object.entries(figures).filter(([name, { mean, growth }]) =>
  name === 'bytes' ? growth > mean * flatShare : growth > Math.max(1, mean * flatShare),
);
console.log(JSON.stringify({ cycles, samples: half.length, figures, growing, repeated, wrong }, null, 2));
await Promise.all(sites.map((site) => site.close()));
process.exitCode = growing.length === 0 && wrong.length === 0 ? 0 : 1;
