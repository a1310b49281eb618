import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { AttemptOutcome, Report } from '../../src/model/report.ts';
import { faults } from '../../src/sandbox/faults/faults.ts';
import { unseenButWorking } from '../support/grounded-path.ts';
import { checkSandboxed, modesShown, troubles } from '../support/sandboxed.ts';

const isSure = ({ status, hypotheses }: Diagnosis): boolean =>
  status === 'match' && (hypotheses[0]?.probability ?? 0) >= 0.9;

const withoutWords = ({ outcomes, registration, ...report }: Report): Report => {
  const silent = <T extends AttemptOutcome>(one: T): T => ({
    ...one,
    evidence: { ...one.evidence, summary: '', body: null, headers: {} },
  });
  return {
    ...report,
    outcomes: outcomes.map((one) => ({ ...silent(one), attempts: one.attempts.map(silent) })),
    registration: registration && { ...registration, steps: registration.steps.map(silent) },
  };
};

/** Scenarios that run at once: each has a thread, and these machines have two cores. */
describe.concurrent('each fault of the sandbox gets its diagnosis, and the cycle ends with the expected verdict', () => {
  it.each(Object.keys(faults))('%s', async (id) => {
    const { shows = [], verdicts = ['failing'], causes = [] } = faults[id] ?? {};
    const { report, targets } = await checkSandboxed({ faults: [id] });
    expect([...modesShown(report)], troubles(report).join('\n')).toEqual(expect.arrayContaining([...shows]));
    expect(verdicts, troubles(report).join('\n')).toContain(report.verdict);

    const { diagnosis } = report;
    const said = JSON.stringify(diagnosis, null, 1);
    // Named, or one of those that cannot be told apart from outside.
    for (const cause of causes) expect([...diagnosis.faults.flat(), diagnosis.status], said).toContain(cause);
    // Not one of the known causes: then no known cause is named with confidence.
    if (causes.length === 0) expect(isSure(diagnosis), said).toBe(false);
    // What is shown of an answer decides nothing.
    expect(diagnose(withoutWords(report), targets)).toEqual(diagnosis);
    expect(unseenButWorking(report, diagnosis, targets)).toEqual([]);
  });
});
