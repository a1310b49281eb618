import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyState } from '../../src/incidents/state.ts';
import { parseState } from '../../src/incidents/state-schema.ts';
import { stateOf } from './arbitraries.ts';
import { began, cycleAt, discovery, minuteMs, play, playCycles, rules } from './cycles.ts';

const empty = emptyState('development');

describe('a stored state', () => {
  it('is read as written, for any content', () => {
    fc.assert(
      fc.property(stateOf('development'), (state) => {
        expect(parseState(JSON.stringify(state))).toEqual({ kind: 'state', state });
      }),
      { numRuns: 300 },
    );
  });

  it('that is truncated anywhere is unreadable', () => {
    fc.assert(
      fc.property(
        stateOf('development'),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (state, at) => {
          const json = JSON.stringify(state);
          expect(parseState(json.slice(0, Math.floor(json.length * at))).kind).toBe('unreadable');
        },
      ),
    );
  });

  /** Fields that earlier builds did not store. */
  const added = ['stories', 'judgements', 'normals', 'looks'];

  it('of an earlier build is read, without stories, judgements, normals and looks', () => {
    const { stories: _, judgements: __, normals: ___, looks: ____, ...earlier } = empty;
    expect(parseState(JSON.stringify(earlier))).toEqual({ kind: 'state', state: empty });
  });

  it.each(Object.keys(empty).filter((key) => key !== 'schemaVersion' && !added.includes(key)))(
    'without %s is unreadable, and the reason names it',
    (key) => {
      const { [key as keyof typeof empty]: _, ...rest } = empty;
      expect(parseState(JSON.stringify(rest))).toEqual({
        kind: 'unreadable',
        reason: `holds an invalid value: ${key}`,
      });
    },
  );

  it('with a wrong type anywhere is unreadable', () => {
    const places = (value: unknown): readonly (readonly (string | number)[])[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => [[key], ...places(inner).map((path) => [key, ...path])])
        : [];
    fc.assert(
      fc.property(stateOf('development'), fc.nat(), (state, nth) => {
        const copy = JSON.parse(JSON.stringify(state));
        const all = places(copy);
        const path = all[nth % all.length] ?? [];
        const parent = path.slice(0, -1).reduce((inner, key) => inner[key], copy);
        // Nothing that is stored is a list of one list.
        parent[path.at(-1) ?? ''] = [[]];
        expect(parseState(JSON.stringify(copy)).kind).toBe('unreadable');
      }),
    );
  });

  it.each([
    ['an empty file', ''],
    ['a page', '<html></html>'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a saved report', JSON.stringify({ schemaVersion: 1, runId: 'x', environment: 'development', outcomes: [] })],
    ['a version that is no number', JSON.stringify({ ...empty, schemaVersion: '2' })],
    ['a version before the first', JSON.stringify({ ...empty, schemaVersion: 0 })],
  ])('cannot be %s', (_, json) => {
    expect(parseState(json).kind).toBe('unreadable');
  });

  it('from a newer version is recognized, whatever else is in it', () => {
    expect(parseState(JSON.stringify({ schemaVersion: 2, incidents: {} }))).toEqual({
      kind: 'newer',
      reason: 'has schemaVersion 2, and this version of the program reads 1',
    });
  });

  it('is read without the fields that a newer build has added', () => {
    const json = JSON.stringify({ ...empty, added: 1, blind: { ...empty.blind, added: 2 } });
    expect(parseState(json)).toEqual({ kind: 'state', state: empty });
  });

  it('of an earlier build, which did not store what responses say, is read and goes on', () => {
    const { state } = play([[discovery], [discovery]]);
    const earlier = { ...state, tracked: state.tracked.map(({ says: _, ...one }) => one) };
    const read = parseState(JSON.stringify(earlier));
    expect(read).toEqual({ kind: 'state', state });
    if (read.kind !== 'state') throw new Error('it was not read');
    const next = [2, 3, 4].map((minute) => cycleAt(began + minute * minuteMs, minute === 2 ? [discovery] : []));
    expect(playCycles(next, rules, read.state).told).toEqual(['4 resolved']);
  });

  it('is read without unknown ids: the incident stays, unexplained', () => {
    const [state] = fc.sample(
      stateOf('development').filter(({ past }) => past.some(({ affected }) => affected.length > 0)),
      { numRuns: 1, seed: 1 },
    );
    if (state === undefined) throw new Error('no state with a past incident');
    const past = state.past.map((view) => ({
      ...view,
      causes: [{ id: 'a-newer-hypothesis', probability: 1 }],
      path: [{ hop: 'a-newer-hop', state: 'broken' }],
      affected: view.affected.map((one) => ({ ...one, failureMode: 'a-newer-mode' })),
    }));
    expect(parseState(JSON.stringify({ ...state, past }))).toEqual({
      kind: 'state',
      state: {
        ...state,
        past: past.map((view) => ({
          ...view,
          causes: [],
          path: [],
          affected: view.affected.map((one) => ({ ...one, failureMode: null })),
        })),
      },
    });
  });
});
