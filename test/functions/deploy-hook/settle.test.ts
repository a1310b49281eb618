import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hookLimits } from '../../../src/functions/deploy-hook/limits.ts';
import { settle } from '../../../src/functions/deploy-hook/settle.ts';

/** Seconds of virtual time. */
interface Rollout {
  /** When the platform begins to fail, from the start of the hook; negative: before it. */
  readonly failsAt: number;
  /** For how long; null: for ever. */
  readonly gap: number | null;
  /** How long each look takes, at most a cycle's deadline. */
  readonly lookTakes: readonly number[];
}

/** A look fails if any of it falls into the gap. */
const judge = async ({ failsAt, gap, lookTakes }: Rollout): Promise<{ passes: boolean; seconds: number }> => {
  let clock = 0;
  const end = gap === null ? Number.POSITIVE_INFINITY : failsAt + gap;
  const passes = await settle<boolean>(
    {
      look: async (cycles) => {
        const began = clock;
        clock += (lookTakes[(cycles - 1) % lookTakes.length] ?? 1) * 1_000;
        return clock <= failsAt * 1_000 || began >= end * 1_000;
      },
      passes: (seen) => seen,
      hasTime: () => true,
      onFailure: () => undefined,
      now: () => clock,
      pause: async (ms) => {
        clock += ms;
      },
    },
    { pauseMs: hookLimits.confirmPauseMs, cutOverMs: hookLimits.cutOverMs },
  );
  return { passes, seconds: clock / 1_000 };
};

const lookTakes = fc.array(fc.double({ min: 0.2, max: 50, noNaN: true }), { minLength: 1, maxLength: 6 });
const runs = { numRuns: 1_000, seed: 1 };

describe('a rolling deployment', () => {
  it('that is healthy after a gap of up to two minutes is never rolled back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          failsAt: fc.double({ min: -120, max: 60, noNaN: true }),
          gap: fc.double({ min: 0, max: 120, noNaN: true }),
          lookTakes,
        }),
        async (rollout) => {
          expect(await judge(rollout)).toMatchObject({ passes: true });
        },
      ),
      runs,
    );
  });

  it('that is broken fails within five minutes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ failsAt: fc.constant(-1), gap: fc.constant(null), lookTakes }), async (rollout) => {
        const { passes, seconds } = await judge(rollout);
        expect(passes).toBe(false);
        expect(seconds).toBeLessThan(300);
      }),
      runs,
    );
  });

  it('that is healthy at once is looked at once', async () => {
    expect(await judge({ failsAt: 0, gap: 0, lookTakes: [3] })).toEqual({ passes: true, seconds: 3 });
  });
});
