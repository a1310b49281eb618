import { describe, expect, it } from 'vitest';
import type { Slowness } from '../../src/model/diagnosis.ts';
import { checkSandbox } from '../support/sandboxed.ts';

describe.concurrent('a slow part of the sandbox is located, or no hop is named', () => {
  it.each<readonly [string, Slowness['hop'], boolean]>([
    ['api-slow', 'api', false],
    ['auth-service-slow', 'auth-service', true],
    ['redis-slow', 'key-check', true],
    ['mlflow-slow', 'mlflow', false],
    ['database-slow', 'database', false],
    ['one-api-task-slow', null, false],
  ])('%s', async (fault, hop, withKey) => {
    const { diagnosis } = await checkSandbox({ faults: [fault] });
    expect(diagnosis.slowness).toMatchObject({ hop, withKey });
    expect(diagnosis.slowness?.byMs).toBeGreaterThan(1_000);
  });
});
