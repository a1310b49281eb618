import type { FollowUpKind, HttpExpectation, HttpTarget, Target } from '../model/target.ts';
import { paths } from './hops.ts';
import { decisiveRead } from './targets.ts';

type Variation = Partial<Omit<HttpTarget, 'id' | 'kind' | 'followUp' | 'expect' | 'title'>>;

interface Way {
  /** Id of the target that is asked in another way. */
  readonly of: string;
  readonly title: string;
  readonly change: Variation;
  readonly expect?: (usual: HttpExpectation) => HttpExpectation;
  /** How often at most; default: once. */
  readonly times?: number;
}

/** More would not decide either. */
const repeats = 8;

const madeUp = (auth: 'bearer-made-up' | 'x-api-key-made-up'): Way => ({
  of: decisiveRead,
  title: 'how a made-up key is refused',
  change: { auth, hops: paths.apiRefusal },
  expect: ({ body }) => ({ status: [401], body: { kind: 'any' }, guards: body, refusedAs: 'auth-rejected' }),
});

const unneeded = (of: string): Way => ({
  of,
  title: 'the key where none is needed',
  change: { auth: 'bearer' },
  // A refusal is not the application's answer, as it is without a key.
  expect: ({ body }) => ({ status: ['2xx', '3xx'], body }),
});

/** An ordinary target whose answer depends on what is in question. A record, so that no kind is left out. */
const ways: Readonly<Record<FollowUpKind, readonly Way[]>> = {
  'unneeded-key': [unneeded('registry.root'), unneeded('auth.root')],
  'made-up-bearer': [madeUp('bearer-made-up')],
  'made-up-x-api-key': [madeUp('x-api-key-made-up')],
  again: ['registry.root', 'api.root'].map((of) => ({ of, title: 'the same again', change: {}, times: repeats })),
};

/** Requests that only a follow-up makes, derived from targets that are on: to the same hosts, with the same limits. */
export const followUpTargets = (targets: readonly Target[]): readonly HttpTarget[] =>
  (Object.entries(ways) as [FollowUpKind, readonly Way[]][]).flatMap(([followUp, all]) =>
    all.flatMap(({ of, title, change, expect, times = 1 }) => {
      const usual = targets.find(({ id }) => id === of);
      // A target that asks something else, by its configuration, would not show what is predicted.
      if (usual?.kind !== 'http' || !usual.enabled || usual.role === null || usual.method !== 'GET') return [];
      return Array.from({ length: times }, (_, index) => ({
        ...usual,
        ...change,
        id: `${of}+${followUp}${times === 1 ? '' : `-${index + 1}`}`,
        title,
        followUp,
        expect: expect?.(usual.expect) ?? usual.expect,
      }));
    }),
  );
