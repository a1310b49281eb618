import { describe, expect, it } from 'vitest';
import { faults } from '../../src/sandbox/faults/faults.ts';
import { checkSandbox, modesShown, troubles } from '../support/sandboxed.ts';

/** Scenarios that run at once: each has a thread, and these machines have two cores. */
describe.concurrent('each fault of the sandbox is named for what it is, and the cycle ends as it should', () => {
  it.each(Object.keys(faults))('%s', { timeout: 90_000 }, async (id) => {
    const { shows = [], verdicts = ['failing'] } = faults[id] ?? {};
    const report = await checkSandbox({ faults: [id] });
    expect([...modesShown(report)], troubles(report).join('\n')).toEqual(expect.arrayContaining([...shows]));
    expect(verdicts, troubles(report).join('\n')).toContain(report.verdict);
  });
});
