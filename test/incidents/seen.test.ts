import { describe, expect, it } from 'vitest';
import { allIds } from '../../src/incidents/all-ids.ts';
import { cycleOf } from '../../src/incidents/cycle-of.ts';
import { lookAgain, lookOf } from '../../src/incidents/look.ts';
import { endedMutes, watchSight } from '../../src/incidents/monitor.ts';
import { expectingNow } from '../../src/incidents/normals.ts';
import { emptyState, type State } from '../../src/incidents/state.ts';
import { stepIds } from '../../src/platform/flow-steps.ts';
import { targets } from '../diagnose/observations.ts';
import { candidate, flow, outcome, report, stepsWith } from '../metrics/reports.ts';
import { began, cycleAt, minuteMs, ok, play, rules } from './cycles.ts';

const empty = emptyState('development');
const at = '2026-11-21T03:00:00.000Z';

describe('a cycle', () => {
  const failing = outcome('api.health', 'fail', { failureMode: 'server-error' });
  const outcomes = [outcome('api.root', 'pass'), { ...failing, known: true }, outcome('auth.root', 'skipped')];

  it('has its times, what passed or was known, and all that it asked or left out', () => {
    const { passed, probed, sightings, ...cycle } = cycleOf(report(outcomes), targets, {}, ['platform.root']);
    expect(cycle).toEqual({
      runId: 'a-run',
      environment: 'development',
      startedAtMs: began,
      endedAtMs: began + 1_900,
      kind: 'seen',
      flow: false,
      version: null,
    });
    expect([[...passed], [...probed], sightings]).toEqual([
      ['api.root', 'api.health'],
      ['api.root', 'api.health', 'auth.root', 'platform.root'],
      [],
    ]);
  });

  it('is blind or unknown by its diagnosis and verdict', () => {
    const { diagnosis } = report([]);
    expect(cycleOf(report([], { verdict: 'inconclusive' }), targets, {}).kind).toBe('unknown');
    const blind = report([], { verdict: 'inconclusive', diagnosis: { ...diagnosis, status: 'monitor-blind' } });
    expect(cycleOf(blind, targets, {}).kind).toBe('blind');
  });

  it('ran the flow, unless that was inconclusive', () => {
    const ran = (registration: ReturnType<typeof flow>) => cycleOf(report([], { registration }), targets, {}).flow;
    expect(ran(flow(stepsWith([])))).toBe(true);
    expect(ran({ ...flow(stepsWith([])), status: 'inconclusive' })).toBe(false);
  });

  it('shows the causes of a fault, what is not ruled out, and what AWS confirms', () => {
    const explains = ['api.health', 'api.root'];
    const first = candidate('service-discovery-broken', 0.6, { explains, hosts: ['api'] });
    const second = candidate('mlflow-unreachable-from-api', 0.3, { explains });
    const found = report([failing, outcome('api.root', 'degraded', { failureMode: 'slow' })], {
      verdict: 'failing',
      diagnosis: { status: 'match', hypotheses: [first, second], faults: [[first.id]], unexplained: [], paths: [] },
      confirmation: {
        findings: [
          { hypothesis: second.id, verdict: 'confirmed', source: 'ecs', line: 'no' },
          { hypothesis: first.id, verdict: 'ruled-out', source: 'ecs', line: 'no' },
          { hypothesis: first.id, verdict: 'confirmed', source: 'ecs', line: 'no task runs' },
        ],
      } as never,
    });
    const [sighting] = cycleOf(found, targets, {}).sightings;
    expect(sighting?.causes).toEqual([{ id: first.id, probability: 0.6, confirmedBy: 'ecs: no task runs' }]);
    expect(sighting?.notRuledOut).toEqual([{ id: second.id, probability: 0.3 }]);
    expect(sighting?.hosts).toEqual(['api']);
    expect(sighting?.affected.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'api.health fail',
      'api.root degraded',
    ]);
    expect(sighting).not.toHaveProperty('baselineDoubted');
  });

  it('has the flow first, then what fails, then what is degraded', () => {
    const found = report(
      [
        outcome('api.root', 'degraded', { failureMode: 'slow' }),
        outcome('auth.root', 'fail', { failureMode: 'server-error' }),
      ],
      {
        verdict: 'failing',
        registration: flow(
          stepsWith([{ ...flow(stepsWith([])).steps[0], status: 'fail', failureMode: 'server-error' } as never]),
        ),
        diagnosis: { status: 'no-match', hypotheses: [], faults: [], unexplained: [], paths: [] },
      },
    );
    const ids = cycleOf(found, targets, {}).sightings.flatMap(({ affected }) => affected.map(({ id }) => id));
    expect(ids).toEqual([`registration.${stepIds[0]}`, 'auth.root', 'api.root']);
  });
});

it('a full cycle asks the enabled targets, and the flow with its clean-up', () => {
  const [one, two] = targets;
  if (one === undefined || two === undefined) throw new Error('there are targets');
  const some = [one, { ...two, enabled: false }];
  expect(allIds(some, false)).toEqual([one.id]);
  expect(allIds(some, true)).toEqual([one.id, ...stepIds.map((id) => `registration.${id}`), 'registration.clean-up']);
});

it('a look sees what passes, what fails, and what had no result', () => {
  const known = { ...outcome('d', 'fail', { failureMode: 'server-error' }), known: true };
  const outcomes = [
    outcome('a', 'pass'),
    outcome('b', 'degraded', { failureMode: 'slow' }),
    outcome('c', 'skipped'),
    known,
  ];
  const { startedAtMs, results } = lookOf(7, { outcomes, registration: null });
  expect([startedAtMs, ...results]).toEqual([7, ['a', 'passes'], ['b', 'fails'], ['c', 'unseen'], ['d', 'passes']]);
  expect(lookAgain(empty, { startedAtMs: 7, results })).toBe(empty);
});

it('what was late matters for half an hour', () => {
  const { state } = play([ok]);
  const isLate = (afterMs: number) => expectingNow(state, began + 2_000 + afterMs)('api.root');
  expect([isLate(0), isLate(31 * minuteMs)]).toEqual([null, null]);
});

describe('the sight of the monitor', () => {
  const sightAfter = (...kinds: readonly ('seen' | 'blind')[]) => {
    const told: string[] = [];
    let state: State = empty;
    for (const [minute, kind] of kinds.entries()) {
      const { blind, events } = watchSight(state, cycleAt(began, kind === 'blind' ? 'blind' : ok), `${minute}`, rules);
      told.push(...events.map((event) => `${minute} ${event.kind} ${event.id} ${'since' in event ? event.since : ''}`));
      state = { ...state, blind };
    }
    return { told, blind: state.blind };
  };

  it('is reported at the second blind cycle of three, and again after two that see', () => {
    expect(sightAfter('blind', 'seen', 'blind', 'seen', 'blind', 'seen', 'seen').told).toEqual([
      '2 monitor-blind development.monitor.2-blind 0',
      '6 monitor-sees development.monitor.6-sees 0',
    ]);
  });

  it('is forgotten after three cycles that see', () => {
    expect(sightAfter('blind', 'seen', 'seen').blind.since).toBe('0');
    expect(sightAfter('blind', 'seen', 'seen', 'seen').blind).toEqual({ since: null, told: false, marks: [] });
    expect(sightAfter('seen').blind.marks).toEqual([]);
  });

  it('keeps as many marks as are needed', () => {
    expect(sightAfter('blind', 'blind', 'blind', 'blind', 'seen').blind.marks).toEqual([
      'present',
      'present',
      'absent',
    ]);
  });
});

it('the ends of several mutes are events of their own, with what each kept silent', () => {
  const mutes = ['a', 'b'].map((host) => ({ what: { host }, until: at, reason: null }));
  const state = {
    ...empty,
    mutesInForce: [...mutes, { what: { host: 'c' }, until: '2026-11-21T03:00:00.001Z', reason: null }],
  };
  const ended = endedMutes(state, Date.parse(at), ({ what }) => ['host' in what ? what.host : '']);
  expect(ended.map((event) => [event.id, event.kind === 'mute-ended' ? event.open : null])).toEqual([
    ['development.monitor.20261121030000000-mute-1', ['a']],
    ['development.monitor.20261121030000000-mute-2', ['b']],
  ]);
});
