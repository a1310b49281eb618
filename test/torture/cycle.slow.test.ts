import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSeed } from '../fuzz/seed.ts';
import { copyFunction } from '../support/built.ts';
import { pointsOf, verdictWithout } from './cases.ts';
import { type Lane, openLane } from './lane.ts';
import { pairs, runAll, singles } from './run.ts';

/** Functions at the same time. They mostly wait. */
const laneCount = 6;
const pairCount = 40;
const seed = testSeed();

const patienceMs = 600_000;

/** More pairs: `npm run torture`. */
describe(`a cycle of the function in which the outside fails (FUZZ_SEED=${seed})`, () => {
  let folder: string;
  const lanes: Lane[] = [];
  let points: readonly string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-torture-'));
    for (let n = 0; n < laneCount; n += 1) {
      const own = join(folder, String(n));
      await copyFunction('probe', own);
      lanes.push(await openLane(own));
    }
    for (const lane of lanes) points = await pointsOf(lane);
  });
  afterAll(async () => {
    await Promise.all(lanes.map((lane) => lane.close()));
    await rm(folder, { recursive: true, force: true });
  });

  it('meets DNS, connections, both directions, AWS and the clock', () => {
    const places = new Set(points.map((point) => point.replace(/ of .*|, \d+$/g, '')));
    expect([...places].sort()).toEqual(
      [
        ...['AWS: GetItem answer', 'AWS: GetItem call', 'AWS: Publish answer', 'AWS: Publish call'],
        ...['AWS: PutItem answer', 'AWS: PutItem call', 'AWS: PutMetricData answer', 'AWS: PutMetricData call'],
        ...['DNS: A', 'DNS: AAAA', 'clock'],
        ...['fails: connection', 'fails: request', 'fails: response'],
        ...['ok: connection', 'ok: request', 'ok: response'],
      ].sort(),
    );
  });

  it(
    'ends in time, publishes or says why, is never healthy and loses no message, whichever point fails',
    async () => {
      expect(await runAll(lanes, singles(points))).toEqual([]);
    },
    patienceMs,
  );

  const unseen = ['DNS: A of ok.test', 'ok: connection', 'ok: request', 'ok: response'].flatMap((point) =>
    (['throw', 'hang'] as const).map((action) => ({ point, action })),
  );

  it(
    'never calls a healthy platform healthy when it cannot see a part of it',
    async () => {
      const [first] = lanes;
      const verdicts = new Map<string, string | null>();
      for (const plan of first === undefined ? [] : [{ point: 'nothing', action: 'late' } as const, ...unseen])
        if (first !== undefined) verdicts.set(`${plan.point} ${plan.action}`, await verdictWithout(first, plan));
      const { 'nothing late': usual, ...others } = Object.fromEntries(verdicts);
      expect(usual).toBe('healthy');
      for (const verdict of Object.values(others)) expect(['failing', 'inconclusive']).toContain(verdict);
    },
    patienceMs,
  );

  it(
    'ends in time, publishes or says why, is never healthy and loses no message when two points fail',
    async () => {
      expect(await runAll(lanes, pairs(points, pairCount, seed))).toEqual([]);
    },
    patienceMs,
  );
});
