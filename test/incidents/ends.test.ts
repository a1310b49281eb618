import { describe, expect, it } from 'vitest';
import { cycleOf } from '../../src/incidents/cycle-of.ts';
import { lookAgain } from '../../src/incidents/look.ts';
import { isAbsent } from '../../src/incidents/presence.ts';
import type { Status } from '../../src/model/report.ts';
import { targets } from '../diagnose/observations.ts';
import { outcome, report } from '../metrics/reports.ts';
import { began, broken, cycleAt, discovery, minuteMs, ok, play, playCycles, proxied } from './cycles.ts';
import { incidentView } from './events.ts';

const [search = '', health = ''] = proxied;
const [incident] = play([[discovery], [discovery]]).state.tracked;
if (incident === undefined) throw new Error('it is tracked');

describe('an incident without a sighting is absent', () => {
  const other = broken(['tls-certificate-invalid'], proxied);
  it.each([
    [true, 'if all of it passes', [], [proxied, proxied]],
    [false, 'not if some of it does not', [], [[search], proxied]],
    [true, 'if the rest is no longer probed', [], [[search], [search]]],
    [false, 'not if it fails for another cause that may hide it', [other], [[], proxied]],
    [
      true,
      'if it fails for a cause that rules it out',
      [broken(['tls-certificate-invalid'], [search])],
      [[health], proxied],
    ],
    [false, 'not if nothing explains the rest', [broken([], [search])], [[health], proxied]],
  ] as const)('%s: %s', (expected, _, sightings, [passed, probed]) => {
    const both = broken(['tls-certificate-invalid'], [search, 'auth.root']);
    const given = sightings.map((one) => (one.affected.length === 1 && one.causes.length > 0 ? both : one));
    expect(isAbsent(incident, { sightings: given, passed: new Set(passed), probed: new Set(probed) })).toBe(expected);
  });

  it('once it has recovered, even if it fails for another cause', () => {
    const cycle = { sightings: [other], passed: new Set<string>(), probed: new Set(proxied) };
    expect(isAbsent({ ...incident, absentCycles: 1 }, cycle)).toBe(true);
  });
});

it('a look that asks something else dates no end', () => {
  const { state } = play([[discovery], [discovery]]);
  const results = new Map([['api.root', 'passes' as const]]);
  expect(lookAgain(state, { startedAtMs: began + 2 * minuteMs, results })).toBe(state);
});

it('an incident whose first failing cycle is within half an hour returns, however long the second takes', () => {
  const { state } = play([[discovery], [discovery], ok, ok]);
  const at = (minute: number, seen: Parameters<typeof cycleAt>[1]) => cycleAt(began + minute * minuteMs, seen);
  expect(playCycles([at(33, [discovery]), at(34, [discovery])], undefined, state).told).toEqual([
    '34 updated returned',
  ]);
  expect(playCycles([at(34, [discovery]), at(35, [discovery])], undefined, state).told).toEqual(['35 opened']);
});

it('a new incident has no id of an earlier one that is still kept', () => {
  const { state } = play([]);
  const past = { ...state, past: [incidentView('20261121-0257-registry')] };
  expect(playCycles([cycleAt(began, [discovery])], undefined, past).state.tracked[0]?.view.id).toBe(
    '20261121-0257-registry-2',
  );
});

describe('a failure of the registry is critical', () => {
  const severity = (...others: readonly Status[]): string | undefined => {
    const ids = ['registry.health', 'registry.mlflow-ui', 'registry.api-health'];
    const outcomes = [
      outcome('registry.root', 'fail', { failureMode: 'server-error' }),
      ...others.map((status, index) =>
        outcome(ids[index] ?? '', status, { failureMode: status === 'pass' ? null : 'slow' }),
      ),
    ];
    const { diagnosis } = report([]);
    const found = report(outcomes, { verdict: 'failing', diagnosis: { ...diagnosis, status: 'no-match' } });
    return cycleOf(found, targets, {}).sightings[0]?.severity;
  };
  it('if nothing of it works, whatever was not asked', () => {
    expect(severity()).toBe('critical');
    expect(severity('skipped', 'inconclusive')).toBe('critical');
    expect([severity('pass'), severity('degraded')]).toEqual(['warning', 'warning']);
  });
});
