import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { TimedPhase } from '../../src/model/phases.ts';
import type { Seen as SeenInCycle } from '../../src/model/requests.ts';
import { allPass, diagnosisOf, flapping, observations, type Seen, targets } from './observations.ts';

type Cycle = Readonly<Record<string, Seen>>;

const probes = (cycle: Cycle): readonly string[] =>
  Object.keys(cycle).filter((id) => cycle[id] === 'pass' && !id.startsWith('registration.'));

const lost = (cycle: Cycle, id: string, mode: FailureMode): Diagnosis =>
  diagnosisOf({ ...cycle, [id]: id.endsWith('.dns') ? 'dns-timeout' : mode });

/** Late by more than the limit for slow requests, in one phase. */
const slow = (cycle: Cycle, id: string, phase: TimedPhase): SeenInCycle => {
  const { outcomes, ...rest } = observations(cycle);
  const late = outcomes.map((one) =>
    one.target === id
      ? {
          ...one,
          status: 'degraded' as const,
          failureMode: 'slow' as const,
          timingsMs: { ...one.timingsMs, [phase]: 4_800, total: 4_860 },
        }
      : one,
  );
  return { ...rest, outcomes: late };
};

const all = (ids: readonly string[], seen: Seen): Cycle => Object.fromEntries(ids.map((id) => [id, seen]));
const of = (host: string): readonly string[] =>
  Object.keys(allPass()).filter((id) => id.startsWith(`${host}.`) && !/(dns|certificate|http-redirect)$/.test(id));

/** Cycles of which the diagnosis is sure, of every stretch of the way; and one that nothing in the catalogue explains. */
const cycles: Readonly<Record<string, Cycle>> = {
  'no rule for the registry': allPass(all(of('registry'), ['lb-no-route', 'balancer'])),
  'an expired certificate': allPass({ ...all(of('auth'), 'tls-expired'), 'auth.certificate': 'tls-expired' }),
  'an API that is dead': allPass(
    all(
      [...of('registry'), ...of('api')].filter((id) => !id.endsWith('mlflow-ui')),
      ['lb-no-target', 'balancer'],
    ),
  ),
  'no proxy routes': allPass(
    all(
      of('registry').filter((id) => id.includes('.mlflow-') && !id.endsWith('mlflow-ui')),
      ['route-not-found', 'application'],
    ),
  ),
  'a database that refuses the login': allPass(
    all(
      ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-search-x-api-key', 'registry.mlflow-api-search'],
      ['database-error', 'mlflow'],
    ),
  ),
  'a host that speaks garbage': allPass(all(of('mlflow'), 'response-malformed')),
};

describe.each(Object.entries(cycles))('%s', (_, cycle) => {
  const whole = diagnosisOf(cycle);

  it.each(['connect-timeout', 'connect-reset', 'tls-handshake-timeout'] as const)(
    'the diagnosis is the same without any one request: %s',
    (mode) => {
      for (const id of probes(cycle)) {
        const { faults, unexplained } = lost(cycle, id, mode);
        // What only this request had ruled out may be in doubt now; nothing else is said.
        expect(faults.length, id).toBe(whole.faults.length);
        for (const [index, fault] of whole.faults.entries())
          expect(faults[index], id).toEqual(expect.arrayContaining([...fault]));
        expect(unexplained, id).toContain(id);
      }
    },
  );

  it('the diagnosis is identical if any one request passed on its retry', () => {
    for (const id of probes(cycle))
      expect(diagnose(flapping(cycle, id, 'connect-timeout'), targets).faults, id).toEqual(whole.faults);
  });

  it.each(['resolve', 'connect', 'tls', 'processing', 'transfer'] as const)(
    'nothing else is named if any one request is slow: %s',
    (phase) => {
      for (const id of probes(cycle)) {
        const { faults, unexplained } = diagnose(slow(cycle, id, phase), targets);
        expect(faults.length, id).toBe(whole.faults.length);
        for (const [index, fault] of whole.faults.entries())
          expect(faults[index], id).toEqual(expect.arrayContaining([...fault]));
        expect(unexplained, id).toEqual(whole.unexplained);
      }
    },
  );
});

describe('a lost request without other failures', () => {
  it.each(['connect-timeout', 'connect-reset', 'response-timeout'] as const)('has no cause: %s', (mode) => {
    for (const id of probes(allPass())) {
      const { hypotheses, faults } = lost(allPass(), id, mode);
      const isSure = faults.some(
        ([only, ...more]) => more.length === 0 && hypotheses.some((one) => one.id === only && one.probability >= 0.9),
      );
      expect(isSure, id).toBe(false);
    }
  });

  it('is evidence if no other request to its host got as far', () => {
    const named = diagnosisOf({ 'registry.dns': 'pass', 'registry.root': 'connect-timeout', 'auth.root': 'pass' });
    expect(named.faults.flat()).toContain('security-group-blocking');
  });

  it('counts if other requests to the same host are lost in the same way', () => {
    const { faults } = diagnosisOf(
      allPass({ ...all(of('api'), 'connect-timeout'), 'api.certificate': 'connect-timeout' }),
    );
    expect(faults.flat()).toContain('security-group-blocking');
  });
});
