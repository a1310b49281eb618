import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roomBytes } from '../../src/incidents/limits.ts';
import { fitted } from '../../src/incidents/room.ts';
import { emptyState, type State, type Tracked } from '../../src/incidents/state.ts';
import { bounded, parseState } from '../../src/incidents/state-schema.ts';
import type { Affected, IncidentView } from '../../src/model/incident.ts';
import { storedEntries, storedTextBytes } from '../../src/model/incident-schema/limits.ts';
import { endlessStateOf } from './arbitraries.ts';
import { eventOf, incidentView } from './events.ts';

const environment = 'development';
const empty = emptyState(environment);
const bytesOf = (state: State): number => Buffer.byteLength(JSON.stringify(state));

/** DynamoDB's limit of an item, the names of its attributes included. */
const itemBytes = 409_600;

/** For states of some megabytes on a busy machine. */
const patienceMs = 60_000;

/** Takes the most bytes for its length. */
const endless = '\u0000'.repeat(10_000);
const many = <T>(one: T): readonly T[] => Array<T>(1_500).fill(one);
const time = '2026-11-21T02:57:00.000Z';

/** Every text and list that belongs to no part with a room of its own, and all of it endless. */
const endlessRest: State = {
  ...empty,
  environment: endless,
  lastCycle: { runId: endless, startedAt: time, endedAt: time, flow: true },
  blind: { since: time, told: true, marks: many('present') },
  mutes: many({ what: { hypothesis: endless }, until: time, reason: endless }),
  mutesInForce: many({ what: { hypothesis: endless }, until: time, reason: endless }),
  normals: { hour: Number.MAX_SAFE_INTEGER, requests: many(endless) },
  version: { current: endless, deployment: { from: endless, to: endless, at: time } },
};

/** What a state can take at the most: the rooms of its parts, and the bounds of the rest. */
const mostBytes = Object.values(roomBytes).reduce((sum, bytes) => sum + bytes, 0) + bytesOf(bounded(endlessRest));

const affected = (number: number, host = `host-${number % 3}`): Affected => ({
  id: `${host}.request-${number}`,
  host,
  status: 'fail',
  failureMode: 'server-error',
  summary: `500 by the application: ${'x'.repeat(300)}`,
});

const largeView = (id: string, more: Partial<IncidentView> = {}): IncidentView => ({
  ...incidentView(id),
  affected: Array.from({ length: 20 }, (_, number) => affected(number)),
  affectedCount: 60,
  everAffected: Array.from({ length: 60 }, (_, number) => affected(number).id),
  ...more,
});

const tracked = (id: string, more: Partial<IncidentView> = {}): Tracked => ({
  view: largeView(id, more),
  marks: ['present'],
  absentCycles: 0,
  absentSince: null,
  closedAt: null,
  drift: null,
  worseCycles: 0,
  says: [],
  told: null,
  nextEvent: 1,
});

const ids = (list: readonly Tracked[]): readonly string[] => list.map(({ view }) => view.id);
const numbered = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe('the size of a state', () => {
  it("is far below DynamoDB's limit, by the limits of its parts", () => {
    expect(mostBytes).toBeLessThan(0.9 * itemBytes);
  });

  it(
    'is never exceeded, however long texts and lists from outside are',
    () => {
      fc.assert(
        fc.property(endlessStateOf(environment), (state) => {
          const { state: stored } = fitted(state);
          expect(bytesOf(stored)).toBeLessThanOrEqual(mostBytes);
          expect(parseState(JSON.stringify(stored))).toEqual({ kind: 'state', state: stored });
          expect(fitted(stored)).toEqual({ state: stored, leftOut: [] });
        }),
        { numRuns: 40 },
      );
    },
    patienceMs,
  );

  it('allows a version of 200 KB, which is cut, while the rest is stored', () => {
    const version = { current: 'v'.repeat(200_000), deployment: null };
    const { state, leftOut } = fitted({ ...empty, version, tracked: [tracked('a')] });
    expect(state.version?.current).toHaveLength(storedTextBytes.version - '…'.length - 1);
    expect(ids(state.tracked)).toEqual(['a']);
    expect(leftOut).toEqual([]);
  });

  it('leaves a normal state unchanged', () => {
    const state = { ...empty, tracked: [tracked('a', { affected: [], everAffected: [] })] };
    expect(fitted(state)).toEqual({ state, leftOut: [] });
  });
});

describe('a state above the limit', () => {
  const resolved = { openedAt: time, resolvedAt: time };
  const open = { openedAt: time, resolvedAt: null };
  const pending = { openedAt: null, resolvedAt: null };

  it('first archives resolved incidents, oldest first, without a message', () => {
    const all = [...numbered('over', 8), ...numbered('open', 8)];
    const { state, leftOut } = fitted({
      ...empty,
      tracked: all.map((id) => tracked(id, id.startsWith('over') ? resolved : open)),
    });
    const left = ids(state.tracked);
    expect(left.filter((id) => id.startsWith('open'))).toEqual(numbered('open', 8));
    expect(state.past.map(({ id }) => id)).toEqual(all.filter((id) => !left.includes(id)));
    expect(state.past[0]?.id).toBe('over-0');
    expect(leftOut).toEqual([]);
  });

  it('then drops details of open incidents except one failing request per host, and says so', () => {
    const { state, leftOut } = fitted({ ...empty, tracked: numbered('open', 14).map((id) => tracked(id, open)) });
    expect(ids(state.tracked)).toEqual(numbered('open', 14));
    const [oldest] = state.tracked;
    expect(oldest?.view.affected.map(({ host }) => host)).toEqual(['host-0', 'host-1', 'host-2']);
    expect(oldest?.view.everAffected).toHaveLength(60);
    expect(state.tracked.at(-1)?.view.affected).toHaveLength(storedEntries.affected);
    expect(leftOut).toEqual([expect.stringMatching(/^\d+ incidents are stored without details, for lack of space$/)]);
  });

  it('then drops pending failures, newest first, before any open incident, and says so', () => {
    const everAffected = numbered('x'.repeat(100), 200);
    const all = numbered('incident', 60);
    const { state, leftOut } = fitted({
      ...empty,
      tracked: all.map((id, index) => tracked(id, { ...(index % 2 === 0 ? open : pending), everAffected })),
    });
    const left = ids(state.tracked);
    expect(left.filter((id) => Number(id.split('-')[1]) % 2 === 0)).toHaveLength(30);
    expect(all.slice(0, left.length).filter((_, index) => index % 2 === 1)).toEqual(
      expect.arrayContaining(left.filter((id) => Number(id.split('-')[1]) % 2 === 1)),
    );
    expect(leftOut).toContainEqual(expect.stringMatching(/^\d+ failures are not tracked, for lack of space$/));
  });

  it('keeps the newest past incidents in full, and older ones in short', () => {
    const past = numbered('past', 20).map((id) => largeView(id, { openedAt: time, resolvedAt: time }));
    const { state } = fitted({ ...empty, past });
    expect(state.past.map(({ id }) => id)).toEqual(numbered('past', 20));
    expect(state.past[0]?.affected).toHaveLength(3);
    expect(state.past.at(-1)?.affected).toHaveLength(20);
  });

  it('shortens events that wait too long before it drops any', () => {
    const events = numbered('a', 40).map((id) => eventOf('opened', largeView(id)));
    const outbox = events.map((event) => ({
      ...{ event, to: ['sns'], takenBy: [], claim: null },
      ...{ refusals: 0, lastRefusal: null },
    }));
    const { state, leftOut } = fitted({ ...empty, outbox });
    expect(state.outbox.map(({ event }) => event.id)).toEqual(events.map(({ id }) => id));
    expect(leftOut).toEqual([]);
  });
});
