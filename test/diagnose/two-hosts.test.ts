import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { HostRole } from '../../src/platform/hosts.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';
import { allPass, observations, type Seen, targets } from './observations.ts';

/** How each request to a host fails, and which of them do. */
const faults = {
  'its name is gone': ['dns-nxdomain', /./],
  'its certificate has expired': ['tls-expired', /^(?!.*(dns|redirect)$)/],
  'its rule is gone': [['lb-no-route', 'balancer'], /^(?!.*(dns|certificate|redirect)$)/],
  'its service refuses connections': [['lb-bad-gateway', 'balancer'], /^(?!.*(dns|certificate|redirect)$)/],
} as const satisfies Readonly<Record<string, readonly [Seen, RegExp]>>;

const failing = (fault: keyof typeof faults, host: HostRole): Readonly<Record<string, Seen>> => {
  const [seen, ids] = faults[fault];
  const all = targets.filter(({ role, enabled, id }) => enabled && role === host && ids.test(id));
  return Object.fromEntries(all.map(({ id }) => [id, seen]));
};

const named = (...all: readonly Readonly<Record<string, Seen>>[]): readonly (readonly string[])[] =>
  diagnose({ ...observations(allPass(Object.assign({}, ...all))), registration: null }, targets).faults.map((tie) =>
    tie.toSorted(),
  );

const rule = 'alb-routing-misconfigured';
/** The API answers through the other balancer. */
const group = ['backend-tls-mismatch', 'health-check-mismatch'] as const;

type Broken = readonly [fault: keyof typeof faults, host: HostRole];

describe('two faults on two hosts are told apart', () => {
  it.each<readonly [Broken, Broken, readonly (readonly HypothesisId[])[]]>([
    [
      ['its name is gone', 'api'],
      ['its certificate has expired', 'platform'],
      [['dns-misconfigured'], ['tls-certificate-invalid']],
    ],
    [
      ['its rule is gone', 'auth'],
      ['its service refuses connections', 'api'],
      [[rule], group],
    ],
    [
      ['its rule is gone', 'registry'],
      ['its service refuses connections', 'mlflow'],
      [[rule], ['backend-tls-mismatch', 'mlflow-service-unhealthy']],
    ],
    [
      ['its name is gone', 'auth'],
      ['its rule is gone', 'registry'],
      [[rule], ['dns-misconfigured']],
    ],
  ])('%j, %j', (first, second, expected) => {
    expect(named(failing(...first), failing(...second))).toEqual(expected);
  });
});
