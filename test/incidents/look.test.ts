import { describe, expect, it } from 'vitest';
import { idsToLookAt, lookAgain } from '../../src/incidents/look.ts';
import type { State } from '../../src/incidents/state.ts';
import { began, cycleAt, discovery, minuteMs, ok, playCycles, proxied, rules } from './cycles.ts';

const fail = [discovery];
const [search = '', health = ''] = proxied;
const opened = playCycles([cycleAt(began, fail), cycleAt(began + minuteMs, fail)]).state;

const look = (
  state: State,
  afterMs: number,
  of: { readonly passed?: readonly string[]; readonly broken?: readonly string[]; readonly unseen?: readonly string[] },
) =>
  lookAgain(state, {
    startedAtMs: began + afterMs,
    results: new Map([
      ...(of.passed ?? []).map((id) => [id, 'passes'] as const),
      ...(of.broken ?? []).map((id) => [id, 'fails'] as const),
      ...(of.unseen ?? []).map((id) => [id, 'unseen'] as const),
    ]),
  });

const since = ({ tracked }: State) => tracked.map(({ absentSince }) => absentSince);
const at = (afterMs: number) => new Date(began + afterMs).toISOString();

describe('a look between two cycles', () => {
  it('asks what incidents have taken down, and nothing without one', () => {
    expect(idsToLookAt(opened.tracked)).toEqual(proxied);
    expect(idsToLookAt(playCycles([cycleAt(began, ok)]).state.tracked)).toEqual([]);
  });

  it('dates the end of an incident to the first look that sees it pass, and leaves the rest to the cycles', () => {
    const looked = look(look(opened, 80_000, { passed: proxied }), 90_000, { passed: proxied });
    expect(since(looked)).toEqual([at(80_000)]);
    const { events } = playCycles(
      [cycleAt(began + 2 * minuteMs, ok), cycleAt(began + 3 * minuteMs, ok)],
      rules,
      looked,
    );
    expect(events).toMatchObject([{ kind: 'resolved', at: at(180_000), incident: { resolvedAt: at(80_000) } }]);
  });

  it('changes nothing else: no mark, no message, no other time', () => {
    const looked = look(opened, 80_000, { passed: proxied });
    expect({ ...looked, tracked: looked.tracked.map((one) => ({ ...one, absentSince: null })) }).toEqual(opened);
  });

  it.each([
    ['one that fails again', { passed: [search], broken: [health] }, [null]],
    ['one whose requests had no result', {}, [at(80_000)]],
    ['one that was not asked', { passed: ['api.root'], broken: ['auth.root'] }, [at(80_000)]],
  ])('keeps or forgets the end of %s', (_, of, expected) => {
    expect(since(look(look(opened, 80_000, { passed: proxied }), 90_000, of))).toEqual(expected);
  });

  it('does not date the end while one of its requests has no result', () => {
    expect(since(look(opened, 80_000, { passed: [search], unseen: [health] }))).toEqual([null]);
  });

  it('a failing cycle outranks it', () => {
    const looked = look(opened, 80_000, { passed: proxied });
    const { state } = playCycles([cycleAt(began + 2 * minuteMs, fail)], rules, looked);
    expect(since(state)).toEqual([null]);
  });

  it('that began before the last cycle ended is dropped', () => {
    expect(look(opened, minuteMs, { passed: proxied })).toBe(opened);
  });

  it('says nothing about what is resolved', () => {
    const cycles = [fail, fail, ok, ok].map((seen, minute) => cycleAt(began + minute * minuteMs, seen));
    const { state } = playCycles(cycles);
    expect(idsToLookAt(state.tracked)).toEqual([]);
    expect(look(state, 200_000, { broken: proxied })).toBe(state);
  });
});
