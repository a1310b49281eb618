/**
 * `npm run soak -- 2000`: so many cycles in one process against sandboxes whose faults change at random. Reports
 * whether memory, files, sockets or timers grow, and whether each verdict is true. Several lanes run at the same time,
 * each with a state of its own; a few of them ask all targets. FUZZ_SEED repeats the choices of a run.
 * `npm run soak -- 10000 --healthy`: the same without faults, with a real MLflow and all targets. A message is an error.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileStore } from '../src/incidents/stores/file.ts';
import type { Report } from '../src/model/report.ts';
import { requests } from '../src/model/requests.ts';
import type { Prepared } from '../src/monitor/prepare.ts';
import type { Channel } from '../src/notify/channel.ts';
import { faults } from '../src/sandbox/faults/faults.ts';
import { Random } from '../test/fuzz/random.ts';
import { newSeed } from '../test/fuzz/seed.ts';
import { startRealMlflow } from '../test/setup/mlflow-server.ts';
import { startFarm } from './soak/farm.ts';
import { cycle, inputsOf, type Lane } from './soak/lane.ts';
import { watchLateness } from './soak/lateness.ts';
import { openPool, type Site } from './soak/pool.ts';
import { growthOf, type Sample, takeSample } from './soak/sample.ts';

const isHealthy = process.argv.includes('--healthy');
const laneCount = isHealthy ? 2 : 16;
/** Every so many lanes, one asks all targets. */
const completeEvery = isHealthy ? 1 : 8;
/** A lane goes to another site after about so many cycles. */
const cyclesPerSite = 4;
/** All lanes rest for a sample after so many cycles. */
const cyclesPerSample = isHealthy ? 100 : 500;
/** Healthy sites beside one for each fault. */
const healthySites = isHealthy ? 4 : 24;
/** A verdict counts for nothing if a process was later than this, in milliseconds. */
const lateMs = 100;
/** Without faults, every cycle counts as it is. */
const repeats = isHealthy ? 0 : 3;
/** Shows almost every fault in a fifth of the requests. */
const short = [
  ...['registry.api-health', 'registry.mlflow-proxy-search', 'registry.cors-preflight', 'registry.certificate'],
  ...['registry.dns', 'registry.http-redirect', 'mlflow.health', 'auth.validate-bearer'],
];

const cycles = Number(process.argv[2] ?? 200);
const seed = newSeed();
console.log(`${cycles} cycles with FUZZ_SEED=${seed}`);
const mlflow = isHealthy ? await startRealMlflow({ staticPrefix: '/mlflow' }) : null;
const farm = startFarm(mlflow?.url ?? null);
const ids = [...(isHealthy ? [] : Object.keys(faults)), ...Array.from({ length: healthySites }, () => null)];
const pool = await openPool(farm, new Random(seed), ids);
const lateness = watchLateness();
const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const store = createFileStore({ folder });
const messages: Record<string, number> = {};
const channel: Channel = {
  name: 'count',
  send: async ({ kind, id }) => {
    messages[kind] = (messages[kind] ?? 0) + 1;
    if (isHealthy) console.log(`message ${id}`);
  },
};
const tracker = { store, channels: [channel], now: Date.now };

/** Faults that the short list of targets does not touch, and those that it shows: the first clear cycle decides. */
const unseen = new Set<string>();
const seen = new Set<string>();
const verdicts: Record<string, number> = {};
const wrong: string[] = [];
/** Cycles that say nothing, because the machine was late each time. */
let unjudged = 0;
let [begun, complete, repeated] = [0, 0, 0];
let isStopped = false;

const unwell = (report: Report): string =>
  requests(report)
    .filter(({ status, known }) => status !== 'pass' && !known)
    .slice(0, 3)
    .map(({ id, failureMode, evidence }) => `${id} ${failureMode} ${evidence.summary}`)
    .join('; ');

const judged = async (inputs: Prepared, site: Site): Promise<void> => {
  const isShort = inputs.only !== null;
  for (let left = repeats; left >= 0; left -= 1) {
    const began = Date.now();
    const report = await cycle(inputs, tracker);
    const { verdict } = report;
    site.uses += 1;
    site.lastMs = Date.now() - began;
    if (!isShort) complete += 1;
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    const isTrue = site.verdicts.includes(verdict);
    const isNew = isShort && site.fault !== null && !seen.has(site.fault);
    if (isTrue && !isNew) return;
    const late = Math.max(lateness.since(began), await farm.lateSince(began));
    if (isTrue) {
      if (site.fault !== null && late < lateMs) seen.add(site.fault);
      return;
    }
    // A late machine never makes a broken platform look healthy.
    if (isNew && verdict === 'healthy' && site.fault !== null) {
      unseen.add(site.fault);
      return;
    }
    const what = `${site.fault ?? 'no fault'}: ${verdict}, ${late} ms late${isShort ? '' : ', all targets'}: ${unwell(report)}`;
    if (late < lateMs) wrong.push(what);
    if (late < lateMs || left === 0) console.log(what);
    if (late < lateMs) return;
    if (left === 0) unjudged += 1;
    else repeated += 1;
  }
};

const suits = (lane: Lane) => (site: Site) =>
  lane.targets.length === 0 || (site.verdicts.length === 1 && !unseen.has(site.fault ?? ''));

const lanes = Array.from({ length: laneCount }, (_, at) => {
  const lane: Lane = { environment: `lane-${at}`, targets: at % completeEvery === 0 ? [] : short };
  const random = new Random(seed, at + 1);
  let site = pool.take(random, suits(lane));
  let inputs: Prepared | null = null;
  return async (until: number): Promise<void> => {
    while (begun < until && !isStopped) {
      begun += 1;
      inputs ??= await inputsOf(lane, site);
      await judged(inputs, site);
      if (random.below(cyclesPerSite) > 0) continue;
      inputs = null;
      await pool.giveBack(site);
      site = pool.take(random, suits(lane));
    }
  };
});

const samples: Sample[] = [];
const state = () => ({
  ...{ begun, complete, repeated, unjudged, wrong: wrong.length, verdicts, messages, unseen: [...unseen] },
  ...{ seconds: Math.round(process.uptime()), samples: samples.length, last: samples.at(-1), ...growthOf(samples) },
});
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    isStopped = true;
  });
while (begun < cycles && !isStopped) {
  const until = Math.min(cycles, begun + cyclesPerSample);
  await Promise.all(lanes.map((run) => run(until)));
  samples.push(await takeSample());
  console.log(JSON.stringify(state()));
}
const figures = { ...state(), wrong };
console.log(JSON.stringify(figures, null, 2));
farm.end();
await mlflow?.close();
lateness.end();
rmSync(folder, { recursive: true });
const isQuiet = !isHealthy || Object.keys(messages).length === 0;
process.exitCode = figures.growing.length === 0 && wrong.length === 0 && isQuiet ? 0 : 1;
