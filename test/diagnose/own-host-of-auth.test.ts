import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { AttemptOutcome } from '../../src/model/report.ts';
import { targets } from './observations.ts';

const { report } = parseReport(
  readFileSync(join(import.meta.dirname, '../evidence/sixth-identity-database-locked.json'), 'utf8'),
);

it.each(['slow', 'response-timeout', 'server-error'] as const)(
  'the auth service’s own host, %s beside other failures, is evidence for its failure and not against it',
  (failureMode: FailureMode) => {
    const failing = <T extends AttemptOutcome>(one: T): T => ({
      ...one,
      status: 'fail',
      failureMode,
      answeredBy: failureMode === 'response-timeout' ? null : 'application',
    });
    const outcomes = report.outcomes.map((one) =>
      one.target === 'auth.root' || one.target === 'auth.health'
        ? { ...failing(one), attempts: one.attempts.map(failing) }
        : one,
    );
    const { faults, hypotheses, unexplained } = diagnose({ ...report, outcomes }, targets);

    expect(faults).toEqual([['auth-service-unavailable']]);
    expect(hypotheses[0]?.contradicts).toEqual([]);
    expect(unexplained).toEqual([]);
  },
);
