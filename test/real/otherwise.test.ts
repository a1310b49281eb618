import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadInputs } from '../../src/cli/inputs.ts';
import { runCycle } from '../../src/cycle/run-cycle.ts';
import type { Report } from '../../src/model/report.ts';
import { type OtherPlatform, startOtherPlatform } from '../setup/otherwise/platform.ts';
import { untilWell } from '../setup/otherwise/well.ts';
import { describeWith } from '../setup/real-parts.ts';
import { cli } from '../support/cli.ts';
import { troubles } from '../support/sandboxed.ts';
import type { OperatorFault } from './otherwise/fault.ts';
import { operatorFaults } from './otherwise/faults.ts';

/**
 * The platform of the incident documents once more, with nothing in it of those who wrote the diagnosis but the API and the auth service:
 * nginx, unbound, Redis, PostgreSQL, MLflow 3.9.0, FastAPI. What is right is decided from the documents, not from the sandbox.
 */
describeWith(['mlflow', 'postgres', 'fastapi', 'platform-programs'], 'a platform of real parts', () => {
  let platform: OtherPlatform;
  beforeAll(async () => {
    platform = await startOtherPlatform();
    await untilWell(platform);
    const baseline = join(platform.folder, 'baseline.json');
    await cli(['check', '--config', platform.configurationFile, '--format', 'json', '--output', baseline]);
    await platform.useBaseline(baseline);
  });
  afterAll(() => platform?.close());

  it('is healthy, including registration, apart from documented deviations', async () => {
    const { exitCode, stdout } = await cli(['check', '--config', platform.configurationFile, '--format', 'json']);
    const report = JSON.parse(stdout) as Report;
    expect(troubles(report)).toEqual([]);
    expect([exitCode, report.verdict, report.diagnosis.status]).toEqual([0, 'healthy', 'healthy']);
    expect(report.registration).toMatchObject({ status: 'pass', cleanup: { status: 'pass', leftBehind: [] } });
    expect(report.outcomes.filter(({ known }) => known).map(({ target }) => target)).toEqual([
      'registry.mlflow-proxy-version',
      'registry.mlflow-api-search',
      'mlflow.root',
      'mlflow.health',
      'mlflow.version',
    ]);
    expect(stdout).not.toContain(platform.keys.key);
  });

  const cycleWith = async ({ aboutSlowness, make }: OperatorFault): Promise<Report> => {
    const inputs = await loadInputs({ configuration: platform.configurationFile, targets: [], baseline: null });
    const { limits } = inputs.settings;
    // Only where slowness is the fault may it be one: else it is this machine's.
    const patient = { ...limits, slowMs: aboutSlowness === true ? limits.slowMs : limits.deadlineMs };
    const settings = { ...inputs.settings, limits: patient };
    const undo = await make(platform);
    try {
      return await runCycle({ ...inputs, settings, deadlineMs: limits.deadlineMs });
    } finally {
      await undo();
      await untilWell(platform);
    }
  };

  const all = Object.values(operatorFaults);
  const named = all.filter(({ expects }) => expects.length > 0);
  const unknown = all.filter(({ expects }) => expects.length === 0);

  describe('with an operational fault gets the right diagnosis', () => {
    it.each(named)('$title', async (fault) => {
      const { expects, alsoSaid = [] } = fault;
      const report = await cycleWith(fault);
      const { faults } = report.diagnosis;
      const said = `${JSON.stringify(report.diagnosis, null, 1)}\n${troubles(report).join('\n')}`;

      const right = expects.flat();
      expect(right, said).toEqual(expect.arrayContaining([expect.toBeOneOf([...(faults[0] ?? [])])]));
      for (const causes of expects)
        expect(
          faults.some((tie) => tie.some((id) => causes.includes(id))),
          `${causes.join(' or ')}: ${said}`,
        ).toBe(true);
      expect(faults, said).toHaveLength(expects.length);
      expect([...right, ...alsoSaid], said).toEqual(expect.arrayContaining(faults.flat()));
    });
  });

  describe('with a fault outside the catalogue gets no confident diagnosis', () => {
    it.each(unknown)('$title', async (fault) => {
      const report = await cycleWith(fault);
      const { faults, hypotheses, status } = report.diagnosis;
      const said = `${JSON.stringify(report.diagnosis, null, 1)}\n${troubles(report).join('\n')}`;

      expect(status, said).not.toBe('healthy');
      const sure = faults.filter(([id, ...others]) => {
        const probability = hypotheses.find((candidate) => candidate.id === id)?.probability ?? 0;
        return others.length === 0 && probability >= 0.9;
      });
      expect(sure, said).toEqual([]);
    });
  });
});
