import { expect, it } from 'vitest';
import type { State, Tracked } from '../../../src/incidents/state.ts';
import type { IncidentView } from '../../../src/model/incident.ts';
import { found, hostileText } from '../../report/hostile.ts';
import { xmlErrors } from '../../report/xml.ts';
import { ask, contextOf } from './asking.ts';
import { cases } from './states.ts';

const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** As if every word that comes from outside were hostile, and there were far more of everything than ever is. */
const hostileView = (view: IncidentView, index: number): IncidentView => ({
  ...view,
  id: index === 0 ? 'the-first' : `${index}${index % 2 === 0 ? hostileText : '</cwdb-action>\'"&lt;\u202e'}`,
  environment: hostileText,
  hosts: [hostileText, 'registry'],
  causes: many(30, () => ({ id: 'service-discovery-broken', probability: 0.5 })),
  notRuledOut: view.causes,
  path: many(200, () => ({ hop: 'api', state: 'suspect' })),
  affected: many(200, (i) => ({
    id: `${i}${hostileText}`,
    host: hostileText,
    status: 'fail',
    failureMode: null,
    summary: hostileText,
  })),
  affectedCount: 10_000,
  everAffected: many(500, (i) => `${i}${hostileText}`),
  history: many(100, () => ({ at: view.startedAt, causes: many(30, () => 'service-discovery-broken' as const) })),
  deployment: { from: hostileText, to: hostileText, at: view.startedAt },
  acknowledged: { at: view.startedAt, by: hostileText },
});

const { state, now } = cases.critical;
const [open] = state.tracked.slice(-1);
const mutes = many(100, () => ({
  what: { host: hostileText },
  until: '2027-01-01T00:00:00.000Z',
  reason: hostileText,
}));
const hostileState: State = {
  ...state,
  environment: hostileText,
  tracked: open === undefined ? [] : many(200, (i): Tracked => ({ ...open, view: hostileView(open.view, i) })),
  past: state.past.flatMap((view) => many(100, (i) => hostileView(view, i + 1))),
  mutes,
  mutesInForce: mutes,
};

it.each([
  ['the overview', {}],
  ['an incident’s details', { incident: 'the-first' }],
  ['details of what nobody knows', { incident: hostileText }],
])(
  'stored or requested text never breaks out of its element and keeps the response below 100 KB: %s',
  async (_, event) => {
    expect(open).toBeDefined();
    const html = await ask(
      { state: hostileState, now },
      { ...event, [hostileText]: 1, ...contextOf({ params: { environment: hostileText } }) },
    );

    expect(await xmlErrors(`<x>${html}</x>`)).toEqual([]);
    expect(found(html, /<(script|img|iframe|use|b>bold)|<svg onload| on\w+=['"]/)).toEqual([]);
    expect(found(html, /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{NChar}]/u)).toEqual([]);
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
  },
);

it('a link’s payload is valid JSON for any incident name, and cannot end its element', async () => {
  const html = await ask({ state: hostileState, now });
  const payloads = [...html.matchAll(/<cwdb-action [^>]*>([^<]*)<\/cwdb-action>/g)].map(([, json = '']) => json);

  expect(payloads.length).toBeGreaterThan(0);
  for (const json of payloads) expect(() => JSON.parse(json)).not.toThrow();
});
