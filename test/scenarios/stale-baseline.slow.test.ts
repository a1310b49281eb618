import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadInputs } from '../../src/cli/inputs.ts';
import { runCycle } from '../../src/cycle/run-cycle.ts';
import { isStale } from '../../src/model/baseline-doubt.ts';
import type { Report } from '../../src/model/report.ts';
import { startSandbox } from '../../src/sandbox/start.ts';
import type { Topology } from '../../src/sandbox/topology.ts';
import { addGateway } from '../support/gateway.ts';

interface Platform {
  readonly fault?: string;
  readonly change?: (topology: Topology) => void | Promise<void>;
  /** A report that serves as baseline; null: the sandbox's own baseline. */
  readonly baseline: Report | null;
}

const check = async ({ fault, change, baseline }: Platform): Promise<Report> => {
  const sandbox = await startSandbox({ generation: '2026', mlflowUrl: null, pace: 2 });
  try {
    await change?.(sandbox.topology);
    if (fault !== undefined) await sandbox.inject(fault);
    const file = join(sandbox.folder, 'recorded.json');
    if (baseline !== null) await writeFile(file, JSON.stringify(baseline));
    const inputs = await loadInputs({
      configuration: sandbox.configurationFile,
      targets: [],
      baseline: baseline === null ? null : file,
    });
    const { limits } = inputs.settings;
    const settings = { ...inputs.settings, limits: { ...limits, slowMs: limits.deadlineMs } };
    return await runCycle({ ...inputs, settings, deadlineMs: limits.deadlineMs });
  } finally {
    await sandbox.close();
  }
};

const newVersion = ({ api: { env } }: Topology): void => {
  env.version = '2026.9.9';
};

let before: Report;
let withGateway: Report;

beforeAll(async () => {
  before = await check({ baseline: null });
  withGateway = await check({ change: addGateway, baseline: before });
}, 120_000);

const sure = ({ diagnosis }: Report): readonly string[] =>
  diagnosis.hypotheses.filter(({ probability }) => probability >= 0.8).map(({ id }) => id);

describe('MLflow was put behind a gateway', () => {
  it('is a change of the platform, not a fault', () => {
    expect(isStale(withGateway.baselineDoubt)).toBe(true);
    expect(withGateway.diagnosis.faults).toEqual([]);
  });

  it.each([
    ['proxy-strips-credentials', 'proxy-drops-auth-headers'],
    ['proxy-routes-removed', 'proxy-routes-missing'],
    ['key-revoked', 'api-key-rejected'],
  ])('%s is named, without confidence while the baseline is stale', async (fault, cause) => {
    const stale = await check({ fault, change: addGateway, baseline: before });
    expect(isStale(stale.baselineDoubt)).toBe(true);
    expect(stale.diagnosis.faults.flat()).toContain(cause);
    expect(stale.diagnosis.faults).toHaveLength(1);
    expect(sure(stale)).toEqual([]);

    const fresh = await check({ fault, change: addGateway, baseline: withGateway });
    expect(fresh.baselineDoubt).toBeNull();
    expect(fresh.diagnosis.faults.flat()).toContain(cause);
  });
});

it('a new version is mentioned, and leaves the diagnosis as it is', async () => {
  const report = await check({ fault: 'key-revoked', change: newVersion, baseline: before });
  expect(report.baselineDoubt?.changes).toMatchObject([{ kind: 'version', from: '2026.6.1', to: '2026.9.9' }]);
  expect(report.diagnosis.faults.flat()).toContain('api-key-rejected');
});

it.each(['key-revoked', 'registry-rule-on-wrong-target-group', 'mlflow-stopped', 'mlflow-asks-for-password'])(
  'a fresh baseline is not doubted when %s',
  async (fault) => {
    const report = await check({ fault, baseline: before });
    expect(report.baselineDoubt).toBeNull();
    expect(report.diagnosis.faults).toHaveLength(1);
  },
);
