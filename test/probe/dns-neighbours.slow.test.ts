import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/report.ts';
import { type Asked, framed, garbageFor, withNameServer } from '../support/name-server.ts';
import { lookUp, testLimits } from '../support/probing.ts';

const healthy = (asked: Asked): void =>
  asked.send(asked.type === 'A' ? asked.addresses('10.0.0.1', '10.0.0.2') : asked.addresses());

const neighbours = Array.from({ length: 20 }, (_, i) => `neighbour-${i}.test`);

/** What must be the same with and without the hostile name. */
const shown = ({ status, failureMode, evidence }: Outcome): object => ({
  status,
  failureMode,
  code: evidence.code,
  resolution: evidence.resolution,
});

/** The neighbours of a name that the server answers in this way, looked up at the same time by the same settings. */
const besides = (hostile: (asked: Asked) => void): Promise<readonly object[]> =>
  withNameServer(
    (asked) => (asked.name === 'hostile.test' ? hostile(asked) : healthy(asked)),
    async ({ at }) => {
      const [, ...others] = await Promise.all(['hostile.test', ...neighbours].map((name) => lookUp([at], { name })));
      return others.map(shown);
    },
  );

describe('concurrent lookups next to one whose response', () => {
  it.each<[string, (asked: Asked) => void]>([
    ['is garbage', (asked) => asked.send(garbageFor(asked))],
    ['never comes', () => undefined],
    ['is a flood of garbage', (asked) => Array.from({ length: 300 }, () => asked.send(garbageFor(asked, 1_200)))],
    ['is a flood of answers', (asked) => Array.from({ length: 300 }, () => healthy(asked))],
    ['is truncated', (asked) => asked.send(asked.response({ flags: 0x8280 }))],
    [
      'never ends',
      (asked) => {
        if (asked.protocol === 'udp') asked.send(asked.response({ flags: 0x8280 }));
        else for (let i = 0; i < 50; i += 1) asked.write(framed(Buffer.alloc(60_000, 0xff)));
      },
    ],
    ['fails', (asked) => asked.send(asked.error('servfail'))],
  ])('%s have the same results as without it', async (_, hostile) => {
    const without = await besides(healthy);
    expect(without).toHaveLength(neighbours.length);
    expect(without[0]).toMatchObject({ status: 'pass', resolution: { addresses: ['10.0.0.1', '10.0.0.2'] } });
    expect(await besides(hostile)).toEqual(without);
  });

  it('is late pass, and so does that one', async () => {
    const answer = (asked: Asked): void => {
      if (asked.name === 'late.test') setTimeout(() => healthy(asked), 0.8 * testLimits.resolveMs);
      else healthy(asked);
    };
    await withNameServer(answer, async ({ at }) => {
      // Many fast answers first: they must not shorten what a slow one gets.
      for (let i = 0; i < 5; i += 1) await Promise.all(neighbours.map((name) => lookUp([at], { name })));
      const outcomes = await Promise.all(['late.test', ...neighbours].map((name) => lookUp([at], { name })));
      expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'pass'));
    });
  });
});

describe('hundreds of altered responses over a socket', () => {
  const change = fc.record({ at: fc.nat(400), to: fc.nat(255), cut: fc.option(fc.nat(200), { nil: null, freq: 4 }) });

  it('disturb no other name, and each has one outcome', async () => {
    const changes = fc.sample(fc.array(change, { minLength: 1, maxLength: 6 }), { numRuns: 400, seed: 6 });
    const altered = (bytes: Buffer, index: number): Buffer => {
      let result = Buffer.from(bytes);
      for (const { at, to, cut } of changes[index % changes.length] ?? []) {
        result[at % result.length] = to;
        if (cut !== null) result = result.subarray(0, Math.max(3, cut % result.length));
      }
      return result;
    };
    const answer = (asked: Asked): void => {
      const [, index = ''] = /^altered-(\d+)/.exec(asked.name) ?? [];
      if (index === '') healthy(asked);
      else asked.send(altered(asked.addresses(asked.type === 'A' ? '10.0.0.1' : '2001:db8::1'), Number(index)));
    };
    await withNameServer(answer, async ({ at }) => {
      const limits = { ...testLimits, resolveMs: 500 };
      const names = changes.map((_, i) => `altered-${i}.test`);
      for (let from = 0; from < names.length; from += 40) {
        const batch = names.slice(from, from + 40);
        const [hostile, others] = await Promise.all([
          Promise.all(batch.map((name) => lookUp([at], { name }, limits))),
          Promise.all(neighbours.map((name) => lookUp([at], { name }))),
        ]);
        expect(others.map(({ status }) => status)).toEqual(others.map(() => 'pass'));
        for (const { status, failureMode } of hostile)
          expect(`${status} ${failureMode}`).toMatch(/^(pass null|fail dns-)/);
      }
    });
  });
});
