import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { requests } from '../../src/model/requests.ts';
import { checkSandbox } from '../support/sandboxed.ts';

/** Their answers say in words what is wrong. */
const telling = [
  'database-stopped',
  'database-password-changed',
  'database-connections-exhausted',
  'database-without-tables',
  'database-disk-full',
  'auth-service-stopped',
  'redis-stopped',
  'breaker-left-open',
] as const;

const toldIn = (report: Report): ReadonlySet<unknown> =>
  new Set(requests(report).flatMap(({ cause }) => (cause === null ? [] : [cause])));

describe.concurrent('limits.evidenceBytes changes the excerpt, not the diagnosis', () => {
  it.each(telling)('%s', async (id) => {
    const shown = await checkSandbox({ faults: [id] });
    const hidden = await checkSandbox({ faults: [id], evidenceBytes: 0 });

    expect(hidden.outcomes.map(({ evidence }) => evidence.body ?? '').join('')).toBe('');
    expect(toldIn(hidden).size).toBeGreaterThan(0);
    expect(toldIn(hidden)).toEqual(toldIn(shown));
    expect(hidden.diagnosis.faults).toEqual(shown.diagnosis.faults);
  });
});
