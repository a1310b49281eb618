/**
 * `npm run torture -- 2000`: runs the function's cycle with so many random pairs of faults. FUZZ_SEED repeats a run.
 * Needs `npm run build`.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSeed } from '../test/fuzz/seed.ts';
import { pointsOf } from '../test/torture/cases.ts';
import { openLane } from '../test/torture/lane.ts';
import { pairs, runAll } from '../test/torture/run.ts';

const count = Number(process.argv[2] ?? 100);
const seed = newSeed();
const folder = await mkdtemp(join(tmpdir(), 'hokusai-torture-'));
try {
  const lanes = await Promise.all(
    Array.from({ length: 4 }, async (_, n) => {
      const own = join(folder, String(n));
      await cp(join(import.meta.dirname, '..', 'dist', 'lambda', 'probe'), own, { recursive: true });
      return openLane(own);
    }),
  );
  const [first] = lanes;
  const points = first === undefined ? [] : await pointsOf(first);
  console.log(`${count} pairs of ${points.length} points with FUZZ_SEED=${seed}`);
  const findings = await runAll(lanes, pairs(points, count, seed), (done, finding) => {
    if (finding !== null) console.log(JSON.stringify(finding));
    if (done % 50 === 0) console.log(`${done} done`);
  });
  await Promise.all(lanes.map((lane) => lane.close()));
  process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
