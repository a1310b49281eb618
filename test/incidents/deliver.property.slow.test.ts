import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, type Delivery, interleave, type World } from './interleaved.ts';

const adding = fc.record({
  add: fc.constantFrom('a', 'b', 'c'),
  kind: fc.constantFrom('opened', 'reminded', 'resolved'),
});
const does = fc.oneof({ arbitrary: fc.constant('deliver' as const), weight: 3 }, { arbitrary: adding, weight: 4 });

const living: fc.Arbitrary<Actor> = fc.record({ does, diesAt: fc.constant(null) });
const mortal: fc.Arbitrary<Actor> = fc.record({
  does,
  diesAt: fc.option(fc.nat({ max: 24 }), { nil: null, freq: 3 }),
});

const actorsOf = (one: fc.Arbitrary<Actor>): fc.Arbitrary<readonly Actor[]> =>
  fc.array(one, { minLength: 3, maxLength: 12 });
const refusals = fc.array(fc.boolean(), { maxLength: 12 });
/** Together less than a claim lasts. */
const seconds = fc.array(fc.nat({ max: 9_000 }), { maxLength: 5 });
const minutes = fc.array(fc.constantFrom(1_000, 61_000), { maxLength: 4 });

const numberOf = ({ id }: { readonly id: string }): number => Number(id.split('.').at(-1));

const expectNothingLost = ({ stored, replaced, deliveries }: World): void => {
  const due = stored.filter((id) => !replaced.has(id)).flatMap((id) => [`sns ${id}`, `chat ${id}`]);
  const got = new Set(deliveries.map(({ channel, id }) => `${channel} ${id}`));
  expect(due.filter((one) => !got.has(one))).toEqual([]);
};

const timesOf = ({ deliveries }: World): ReadonlyMap<string, readonly Delivery[]> =>
  Map.groupBy(deliveries, ({ channel, id }) => `${channel} ${id}`);

/** Of what people got for the first time. @param except ids that may come at any time */
const expectInOrder = (world: World, except: ReadonlySet<string> = new Set()): void => {
  const first = [...timesOf(world).values()].flatMap(([one]) => (one && !except.has(one.id) ? [one] : []));
  for (const lane of Map.groupBy(first, ({ channel, subject }) => `${channel} ${subject}`).values()) {
    const numbers = lane.map(numberOf);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
};

interface Conditions {
  readonly actors: fc.Arbitrary<Actor>;
  /** Steps of the clock, in milliseconds. */
  readonly clock: fc.Arbitrary<number[]>;
  readonly numRuns: number;
}

/** In any interleaving, with any refusals: nothing is lost, nothing still waits, and `holds`. */
const always = (
  { actors: one, clock: steps, numRuns }: Conditions,
  holds: (world: World, actors: readonly Actor[]) => void,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.scheduler(), actorsOf(one), refusals, steps, async (scheduler, actors, refused, clock) => {
      const world = await interleave(scheduler, actors, { refusals: refused, clock });
      expectNothingLost(world);
      expect(await world.waiting()).toBe(0);
      holds(world, actors);
    }),
    { numRuns },
  );

const repeated = (world: World): readonly (readonly Delivery[])[] =>
  [...timesOf(world).values()].filter((times) => times.length > 1);

describe('events of concurrent processes', () => {
  it('all arrive once, in order, with any interleaving and any refusals', async () => {
    await always({ actors: living, clock: seconds, numRuns: 200 }, (world, actors) => {
      expectInOrder(world);
      expect(repeated(world)).toEqual([]);
      expect(world.stored).toHaveLength(actors.filter(({ does }) => does !== 'deliver').length);
    });
  });

  it('all arrive in order if some processes die at any step; only events that a dead process sent come again', async () => {
    const seen = { died: 0, again: 0, events: 0 };
    await always({ actors: mortal, clock: seconds, numRuns: 300 }, (world) => {
      expectInOrder(world);
      const again = repeated(world);
      const earlier = again.flatMap((times) => times.slice(0, -1).map(({ by }) => by));
      expect(earlier.filter((by) => !world.dead.has(by))).toEqual([]);
      seen.died += world.dead.size;
      seen.again += again.length;
      seen.events += world.stored.length;
    });
    // Otherwise this has shown nothing.
    expect(Math.min(seen.died, seen.again, seen.events)).toBeGreaterThan(20);
  });

  it('all arrive in order if the clock jumps past the claims of working processes', async () => {
    await always({ actors: mortal, clock: minutes, numRuns: 200 }, (world) => {
      // A reminder that was replaced while it was on its way may come late.
      expectInOrder(world, world.replaced);
    });
  });
});
