import { describe, expect, test } from 'vitest';
import { confirmLimits } from '../../src/confirm/limits.ts';
import { measureEvidence, measureSandbox } from './measure.ts';
import { confirmedWrongly, isDecided, isTie, type Measured, refutedWrongly } from './measured.ts';

/** Faults that the diagnosis from outside leaves tied without follow-up requests. */
const tied = [
  'api-targets-deregistered',
  'health-check-path-wrong',
  'api-tasks-unreachable',
  'authorizer-misconfigured',
  'discovery-record-deleted',
  'database-frozen',
];

const names = (all: readonly Measured[]): readonly string[] => all.map(({ fault }) => fault);

describe.each([
  ['the sandbox', () => measureSandbox(tied), []],
  ['recorded reports', measureEvidence, []],
] as const)('ties of %s', (_, measured, open) => {
  test('are decided by AWS, and no cause is refuted or confirmed wrongly', {
    timeout: 300_000,
  }, async () => {
    const all = await measured();
    const ties = all.filter(isTie);

    expect(names(ties.filter((one) => !isDecided(one)))).toEqual(open);
    expect(ties.length).toBeGreaterThan(5);
    expect(names(all.filter(refutedWrongly))).toEqual([]);
    expect(names(all.filter(confirmedWrongly))).toEqual([]);
    expect(Math.max(...all.map(({ calls }) => calls))).toBeLessThanOrEqual(confirmLimits.calls);
  });
});
