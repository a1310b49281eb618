import { describe, expect, it } from 'vitest';
import { began, broken, cycleAt, discovery, minuteMs, ok, play, playCycles, proxied, rules, times } from './cycles.ts';

const [search = ''] = proxied;
const fail = [discovery];

describe('mutes', () => {
  const until = (minute: number) => new Date(began + minute * minuteMs).toISOString();
  const muted = (what: (typeof rules)['mutes'][number]['what'], minute: number) => ({
    ...rules,
    mutes: [{ what, until: until(minute), reason: 'moving house' }],
  });

  it.each([
    ['its host', { host: 'registry' }],
    ['its cause', { hypothesis: 'service-discovery-broken' }],
  ])('an incident is silent while %s is muted, and is reported when the mute ends', (_, what) => {
    const { told, events } = play(times(6, fail), muted(what, 4));
    expect(told).toEqual(['4 mute-ended', '4 opened']);
    expect(events[0]).toMatchObject({ open: ['20261121-0257-registry'] });
  });

  it('a muted target does not silence other failures', () => {
    expect(play([fail, fail], muted({ target: search }, 60)).told).toEqual(['1 opened']);
    const alone = [broken(['service-discovery-broken'], [search])];
    expect(play([alone, alone], muted({ target: search }, 60)).told).toEqual([]);
  });

  const twoHosts = [broken(['service-discovery-broken'], ['api.root', 'auth.root'])];
  const hosts = (api: number, auth: number) => ({
    ...rules,
    mutes: [
      { what: { host: 'api' }, until: until(api), reason: null },
      { what: { host: 'auth' }, until: until(auth), reason: null },
    ],
  });

  it('the end names the incidents it silenced, even if another mute did as well', () => {
    const { told, events } = play(times(7, twoHosts), hosts(4, 60));
    expect(told).toEqual(['4 mute-ended', '4 opened']);
    expect(events[0]).toMatchObject({ open: ['20261121-0257-api'] });
  });

  it('the end names no incident that another mute silences or that is resolved in that cycle', () => {
    const both = { ...rules, mutes: [...muted({ host: 'registry' }, 4).mutes, ...muted({ target: search }, 60).mutes] };
    const alone = [broken(['service-discovery-broken'], [search])];
    expect(play(times(6, alone), both).events).toMatchObject([{ kind: 'mute-ended', open: [] }]);
    const healed = play([fail, fail, ok, ok, ok], muted({ host: 'registry' }, 3));
    expect(healed.events).toMatchObject([{ kind: 'mute-ended', open: [] }]);
  });

  it('the end is reported, with the incidents, once the monitor recovers', () => {
    const seen = [fail, fail, 'unknown', 'blind', 'unknown', fail] as const;
    const { told, events } = play(seen, muted({ host: 'registry' }, 3));
    expect(told).toEqual(['5 mute-ended', '5 opened']);
    expect(events[0]).toMatchObject({ open: ['20261121-0257-registry'] });
  });

  it('a fault that returns during a mute is reported at its end, and resolved once', () => {
    const { state } = play([fail, fail, ok, ok]);
    const later = [fail, fail, fail, fail, ok, ok, ok, ok].map((seen, index) =>
      cycleAt(began + (4 + index) * minuteMs, seen),
    );
    expect(playCycles(later, muted({ host: 'registry' }, 7), state).told).toEqual([
      '7 mute-ended',
      '7 opened',
      '11 resolved',
    ]);
    expect(playCycles(later, muted({ host: 'registry' }, 60), state).told).toEqual([]);
  });

  it('the flow as a whole can be muted by its name', () => {
    const flow = [broken(['write-scope-missing'], ['registration.create-run'])];
    expect(play([flow, flow], muted({ target: 'registration' }, 60)).told).toEqual([]);
  });

  it('a muted host does not silence failures elsewhere, however many', () => {
    const many = Array.from({ length: 28 }, (_, number) => `registry.read-${number}`);
    const registry = [broken(['service-discovery-broken'], many)];
    const wide = [broken(['service-discovery-broken'], [...many, 'api.root'])];
    expect(play([registry, registry], muted({ host: 'registry' }, 60)).told).toEqual([]);
    expect(play([wide, wide], muted({ host: 'registry' }, 60)).told).toEqual(['1 opened']);
    const wider = [broken(['service-discovery-broken'], [...many, 'api.root', 'api.health'])];
    const partly = {
      ...rules,
      mutes: [...muted({ host: 'registry' }, 60).mutes, ...muted({ target: 'api.root' }, 60).mutes],
    };
    expect(play([wider, wider], partly).told).toEqual(['1 opened']);
  });

  it('the end is reported even if everything is healthy', () => {
    expect(play([ok, ok, ok], muted({ host: 'api' }, 1)).told).toEqual(['1 mute-ended']);
  });

  it('a reported incident is reported as resolved during a mute, an unreported one is not', () => {
    const { state } = play([fail, fail]);
    const later = [2, 3].map((minute) => cycleAt(began + minute * minuteMs, ok));
    expect(playCycles(later, muted({ host: 'registry' }, 60), state).told).toEqual(['3 resolved']);
    expect(play([fail, fail, ok, ok], muted({ host: 'registry' }, 60)).told).toEqual([]);
  });
});
