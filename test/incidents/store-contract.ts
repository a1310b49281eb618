import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyState, type State } from '../../src/incidents/state.ts';
import { type IncidentStore, StoreError } from '../../src/incidents/store.ts';
import { stateOf } from './arbitraries.ts';
import { countIn, withCount } from './counter.ts';

/** A place where incidents are kept, empty, and what only its owner can do to it. */
export interface Place {
  /** A store over it: each call gives another one, as another process would have. */
  readonly open: () => IncidentStore;
  /** What the store holds of a state, replaced by this text. */
  readonly spoil: (environment: string, text: string) => Promise<void>;
  /** The text that is kept under a name that `putAside` gave; null: none. */
  readonly kept: (name: string) => Promise<string | null>;
}

const environment = 'development';
const empty = emptyState(environment);
const numbered = (number: number, of = environment): State => withCount(emptyState(of), number);

const troubleOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof StoreError ? error.trouble : `no StoreError: ${String(error)}`),
  );

/** What every store promises. @param runs of generated states, fewer where each one costs a request */
export const storeContract = (kind: string, place: () => Promise<Place>, runs = 30): void => {
  describe(`incidents kept ${kind}`, () => {
    it('are empty at first', async () => {
      expect(await (await place()).open().load(environment)).toBeNull();
    });

    it('are read unchanged by another process', async () => {
      const { open } = await place();
      await fc.assert(
        fc.asyncProperty(stateOf(environment), async (state) => {
          const before = await open().load(environment);
          expect(await open().save(state, before?.version ?? null)).toBe(true);
          expect((await open().load(environment))?.state).toEqual(state);
        }),
        { numRuns: runs },
      );
    });

    it('are written only by a process that has read the newest', async () => {
      const store = (await place()).open();
      expect(await store.save(numbered(1), 5)).toBe(false);
      expect(await store.save(numbered(1), null)).toBe(true);
      expect(await store.save(numbered(2), null)).toBe(false);
      const first = await store.load(environment);
      expect(await store.save(numbered(2), first?.version ?? null)).toBe(true);
      expect(await store.save(numbered(3), first?.version ?? null)).toBe(false);
      expect((await store.load(environment))?.state).toEqual(numbered(2));
    });

    it('are those of one of two concurrent writers, and each learns which', async () => {
      const { open } = await place();
      for (let round = 1; round <= 5; round++) {
        const version = (await open().load(environment))?.version ?? null;
        const saved = await Promise.all(
          [1, 2, 3, 4].map((writer) => open().save(numbered(10 * round + writer), version)),
        );
        expect(saved.filter(Boolean)).toHaveLength(1);
        expect(countIn((await open().load(environment))?.state ?? empty)).toBe(10 * round + saved.indexOf(true) + 1);
      }
    });

    it('of two environments are independent', async () => {
      const store = (await place()).open();
      expect(await store.save(numbered(1), null)).toBe(true);
      expect(await store.save(numbered(2, 'staging'), null)).toBe(true);
      expect((await store.load(environment))?.state).toEqual(numbered(1));
      expect((await store.load('staging'))?.state).toEqual(numbered(2, 'staging'));
    });

    it.each([
      ['half of them', JSON.stringify(empty).slice(0, 90)],
      ['something else', '{"schemaVersion":1,"outcomes":[]}'],
      ['nothing', ''],
    ])('that are %s are unreadable; they can be put aside whole, and new ones written', async (_, text) => {
      const { open, spoil, kept } = await place();
      const store = open();
      await store.save(numbered(1), null);
      await spoil(environment, text);
      expect(await troubleOf(store.load(environment))).toBe('unreadable');
      expect(await store.save(numbered(2), null)).toBe(false);

      const name = await store.putAside(environment);

      expect(name).toMatch(/development.*unreadable-\d{8}T\d{6}\.\d{3}Z$/);
      expect(await kept(name)).toContain(text);
      expect(await store.save(numbered(3), null)).toBe(true);
      expect((await open().load(environment))?.state).toEqual(numbered(3));
      expect(await kept(name)).toContain(text);
    });

    it('that are unreadable stay so until new ones are written: a kill in between hides and duplicates nothing', async () => {
      const { open, spoil } = await place();
      await open().save(numbered(1), null);
      await spoil(environment, 'half');
      const name = await open().putAside(environment);
      expect(await troubleOf(open().load(environment))).toBe('unreadable');
      expect(await open().putAside(environment)).toBe(name);
      expect(await open().save(numbered(2), null)).toBe(true);
    });

    it('that another process has started over meanwhile are not put aside', async () => {
      const { open, spoil } = await place();
      await open().save(numbered(1), null);
      await spoil(environment, 'half');
      await open().putAside(environment);
      await open().save(numbered(2), null);
      await open().putAside(environment);
      expect(await open().save(numbered(3), null)).toBe(false);
      expect((await open().load(environment))?.state).toEqual(numbered(2));
    });

    it('from a newer version are unchanged, and the message says what to do', async () => {
      const { open, spoil, kept } = await place();
      const store = open();
      await store.save(numbered(1), null);
      await spoil(environment, JSON.stringify({ ...empty, schemaVersion: 2 }));
      expect(await troubleOf(store.load(environment))).toBe('newer');
      await expect(store.load(environment)).rejects.toThrow(/schemaVersion 2.*left unchanged/);
      expect(await kept(await store.putAside(environment))).toBeNull();
      expect(await store.save(numbered(2), null)).toBe(false);
      expect(await troubleOf(store.load(environment))).toBe('newer');
    });
  });
};
