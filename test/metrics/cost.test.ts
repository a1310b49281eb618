import { describe, expect, test } from 'vitest';
import { objectOf, textOf } from '../../scripts/template/intrinsics.ts';
import { template } from '../../scripts/template/stack.ts';
import {
  assumedUsage,
  lookHour,
  monthlyCost,
  steadySeries,
  totalUsd,
  type Usage,
  worstIncidentHour,
} from '../../src/metrics/cost.ts';
import { renderMetricsExplanation } from '../../src/metrics/explain.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import { metricRequests } from '../../src/metrics/requests.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { defaultTargets } from '../../src/platform/targets.ts';
import { flow, outcome, report, stepsWith } from './reports.ts';

const targets = defaultTargets({ hosts: defaultHosts, limits: defaultLimits, corsOrigin: 'https://platform.hokus.ai' });
const byDefault: Usage = { ...assumedUsage(true), targets, registration: true, detail: 'hosts' };
const withoutFlow: Usage = { ...assumedUsage(false), targets, registration: false, detail: 'hosts' };

/** CloudWatch Synthetics: three canaries for 30 checks cost $155 a month without their metrics; a twentieth of it. */
const budgetUsd = 7.75;

const healthy = report(
  targets
    .filter(({ enabled }) => enabled)
    .map(({ id, host }) => outcome(id, 'pass', { host, daysLeft: 60, totalMs: 80 })),
  { registration: flow(stepsWith([])) },
);

describe('the default platform at one cycle a minute', () => {
  test('costs at most a twentieth of its managed peer, metric series included', () => {
    expect(totalUsd(monthlyCost(byDefault))).toBeLessThanOrEqual(budgetUsd);
  });

  test('stays within that price even if everything fails in every way for eight hours, with each cycle running to its deadline', () => {
    const hour = monthlyCost({ ...byDefault, cycleMs: defaultLimits.deadlineMs });
    const computing = hour.find(({ item }) => item.startsWith('Lambda GB-seconds'));

    const badHours = 8 * (worstIncidentHour(byDefault).usd + (computing?.usd ?? Number.NaN) / 730);

    expect(totalUsd(monthlyCost(byDefault)) + badHours).toBeLessThanOrEqual(budgetUsd);
  });

  test('stays within the goal of $7.75 in a month with as many failing hours as looks follow by default', () => {
    const { Default: hours } = objectOf(objectOf(template['Parameters'])['RecheckHours']);
    const looks = Number(textOf(hours)) * lookHour(byDefault).usd;
    expect(looks).toBeGreaterThan(0.5);
    expect(totalUsd(monthlyCost(byDefault)) + looks).toBeLessThanOrEqual(7.75);
  });

  test.each([
    { detail: 'hosts', watched: byDefault, found: healthy },
    { detail: 'targets', watched: byDefault, found: healthy },
    { detail: 'hosts', watched: withoutFlow, found: { ...healthy, registration: null } },
    { detail: 'targets', watched: withoutFlow, found: { ...healthy, registration: null } },
  ] as const)('publishes as many series as the estimate charges for, detail $detail', ({ detail, watched, found }) => {
    const series = metricsFromReport(found, detail).map(({ name, dimensions }) => JSON.stringify([name, dimensions]));

    expect(new Set(series).size).toBe(steadySeries(watched, detail));
  });

  test('needs one request to CloudWatch per cycle, even when everything fails', () => {
    const fails = { status: 'fail', failureMode: 'connect-timeout' } as const;
    const steps = stepsWith([]).map((one) => ({ ...one, ...fails }));
    const failing = report(
      healthy.outcomes.map((one) => ({ ...one, ...fails })),
      { registration: flow(steps) },
    );

    expect(metricRequests('Hokusai/Synthetics', metricsFromReport(healthy, 'hosts'))).toHaveLength(1);
    expect(metricRequests('Hokusai/Synthetics', metricsFromReport(failing, 'targets'))).toHaveLength(1);
  });
});

test('a metric series costs 30 cents a month, prorated by the hour', () => {
  const [series] = monthlyCost(byDefault);
  const incident = worstIncidentHour(byDefault);

  expect(series?.usd).toBeCloseTo(0.3 * steadySeries(byDefault, 'hosts'));
  expect(incident.usd).toBeCloseTo((0.3 * incident.quantity) / 730);
});

test('the explanation lists every metric and the price of detail per target', () => {
  const text = renderMetricsExplanation(byDefault, 'Hokusai/Synthetics');

  for (const { name } of metricsFromReport(healthy, 'targets')) expect(text).toContain(name);
  expect(text).toContain(`$${totalUsd(monthlyCost(byDefault)).toFixed(2)}`);
  expect(text).toMatch(/With detail: targets it would be \$\d+\.\d\d/);
});
