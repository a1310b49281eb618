import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blindnessOf, unseenIds } from '../../src/classify/reach.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import type { Outcome } from '../../src/model/report.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { defaultTargets } from '../../src/platform/targets.ts';
import { outcome } from '../metrics/reports.ts';

const targets = defaultTargets({ hosts: defaultHosts, limits: defaultLimits, corsOrigin: 'https://platform.hokus.ai' });

/** How far it got. */
const stages = [
  ['pass', null, null],
  ['fail', 'dns-timeout', 'resolve'],
  ['fail', 'dns-nxdomain', 'resolve'],
  ['fail', 'connect-refused', 'connect'],
  ['fail', 'connect-timeout', 'connect'],
  ['inconclusive', 'connect-unreachable', 'connect'],
  ['fail', 'tls-untrusted', 'tls'],
  ['fail', 'tls-handshake-failed', 'tls'],
  ['fail', 'connection-closed', 'processing'],
  ['fail', 'lb-no-target', 'assertion'],
  ['inconclusive', 'deadline-exceeded', 'connect'],
  ['skipped', null, null],
] as const;
type Progress = (typeof stages)[number];
const progress = fc.constantFrom<Progress>(...stages);

const judged = (id: string, host: string, [status, failureMode, phase]: Progress): Outcome => {
  const one = { ...outcome(id, status, { failureMode, host }), phase };
  return { ...one, attempts: status === 'skipped' ? [] : [one] };
};

/** Mostly alike, as when something in between stops all of them; some otherwise. */
const cycle = fc
  .record({
    common: progress,
    others: fc.dictionary(fc.constantFrom(...targets.map(({ id }) => id)), progress, { maxKeys: 6 }),
  })
  .map(({ common, others }) => targets.map(({ id, host }) => judged(id, host, others[id] ?? common)));

const asked = (outcomes: readonly Outcome[]) => ({
  outcomes,
  registration: null,
  targets,
  through: 'https://registry.hokus.ai/api/mlflow',
});

it('a monitor is never blind after one whole response over TLS, whatever else failed', () => {
  fc.assert(
    fc.property(cycle, (outcomes) => {
      const answered = outcomes.map((one) =>
        one.target === 'registry.root' ? judged(one.target, one.host, ['pass', null, null]) : one,
      );
      expect(blindnessOf(asked(answered))).toBeNull();
    }),
  );
});

it('a monitor is not blind at phases that its control passed', () => {
  fc.assert(
    fc.property(cycle, (outcomes) => {
      const seen = outcomes.map((one) =>
        one.host === 'external' ? judged(one.target, one.host, ['pass', null, null]) : one,
      );
      expect(['resolve', 'connect', 'tls']).not.toContain(blindnessOf(asked(seen))?.phase);
    }),
  );
});

it('a blind monitor keeps what passed and withdraws failures on the way to other hosts', () => {
  fc.assert(
    fc.property(cycle, (outcomes) => {
      const given = asked(outcomes);
      const blind = blindnessOf(given);
      if (blind === null) return;
      const unseen = unseenIds(given, blind);
      for (const { target, status, phase } of outcomes) {
        if (status === 'pass' || status === 'skipped') expect(unseen).not.toContain(target);
        if (status === 'fail' && phase === 'connect' && !target.startsWith('mlflow.internal'))
          expect(unseen).toContain(target);
      }
    }),
  );
});
