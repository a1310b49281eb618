import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Outcome, Report } from '../../src/model/report.ts';
import { type RealMlflow, startRealMlflow } from '../setup/mlflow-server.ts';
import { describeWith } from '../setup/real-parts.ts';
import { checkSandbox, troubles } from '../support/sandboxed.ts';

const modeOf = ({ outcomes }: Report, id: string): Outcome['failureMode'] | undefined =>
  outcomes.find(({ target }) => target === id)?.failureMode;

const throughProxy = 'registry.mlflow-proxy-search';

describeWith('mlflow', "a real MLflow 3.9.0 behind the sandbox's proxy and balancer", () => {
  let mlflow: RealMlflow;

  beforeAll(async () => {
    mlflow = await startRealMlflow({ staticPrefix: '/mlflow' });
  });
  afterAll(() => mlflow.close());

  const check = (faults: readonly string[] = [], generation: '2025' | '2026' = '2026'): Promise<Report> =>
    checkSandbox({ faults, generation, mlflowUrl: mlflow.url });

  it.each(['2025', '2026'] as const)('is healthy in generation %s, apart from known deviations', async (generation) => {
    const report = await check([], generation);
    expect(report.verdict, troubles(report).join('\n')).toBe('healthy');
    const search = report.outcomes.find(({ target }) => target === throughProxy);
    expect(search).toMatchObject({ status: 'pass', answeredBy: 'mlflow' });
  });

  const broken: readonly (readonly [string, FailureMode])[] = [
    ['discovery-record-deleted', 'upstream-unreachable'],
    ['mlflow-stopped', 'upstream-unreachable'],
    ['proxy-strips-credentials', 'auth-missing'],
    ['proxy-routes-removed', 'route-not-found'],
    ['tracking-uri-missing', 'server-error'],
  ];
  it.each(broken)('%s shows as %s on the read through the proxy', async (fault, mode) => {
    const report = await check([fault]);
    expect(modeOf(report, throughProxy)).toBe(mode);
    expect(report.verdict).toBe('failing');
  });

  it('that is frozen (SIGSTOP) shows as unreachable through the API and as a time-out on its own route', async () => {
    mlflow.pause();
    try {
      const report = await check();
      expect(modeOf(report, throughProxy)).toBe('upstream-timeout');
      expect(modeOf(report, 'mlflow.health')).toBe('response-timeout');
      expect(modeOf(report, 'registry.root')).toBeNull();
    } finally {
      mlflow.resume();
    }
  });

  it('that is gone behind a living front shows as no response from its own host', async () => {
    await mlflow.close();
    const report = await check();
    expect(modeOf(report, throughProxy)).toBe('upstream-unreachable');
    expect(modeOf(report, 'mlflow.health')).toBe('lb-bad-gateway');
  });
});
