import { describe, expect, it, test } from 'vitest';
import type { MetricDatum, MetricsDetail } from '../../src/metrics/catalogue.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import type { Outcome, Registration, Report, Status } from '../../src/model/report.ts';
import type { Tracking } from '../../src/model/tracking.ts';
import { cleanup, flow, outcome, report, step, stepsWith, stoppedAt } from './reports.ts';

const metricsOf = (outcomes: readonly Outcome[], detail: MetricsDetail = 'hosts'): readonly MetricDatum[] =>
  metricsFromReport(report(outcomes), detail);

const flowMetricsOf = (registration: Registration | null, detail: MetricsDetail = 'hosts'): readonly MetricDatum[] =>
  metricsFromReport(report([], { registration }), detail);

/** The values of one series, each as often as it came; null: the series was not published. */
const series = (
  data: readonly MetricDatum[],
  name: string,
  dimensions: Readonly<Record<string, string>> = {},
): readonly number[] | null => {
  const wanted = JSON.stringify({ Environment: 'development', ...dimensions });
  const found = data.filter((datum) => datum.name === name && JSON.stringify(datum.dimensions) === wanted);
  if (found.length === 0) return null;
  return found.flatMap(({ values, counts }) => values.flatMap((value, index) => Array(counts[index]).fill(value)));
};

describe('metrics of a cycle', () => {
  test('a healthy platform has a heartbeat, full success per host, and no metrics of failures', () => {
    const data = metricsOf([
      outcome('registry.health', 'pass', { totalMs: 80 }),
      outcome('registry.root', 'pass', { totalMs: 80.04 }),
      outcome('auth.health', 'pass', { totalMs: 12.34 }),
    ]);

    expect(series(data, 'Heartbeat')).toEqual([1]);
    expect(series(data, 'CycleDuration')).toEqual([1_900]);
    expect(series(data, 'Success', { Host: 'registry' })).toEqual([1, 1]);
    expect(series(data, 'Success', { Host: 'auth' })).toEqual([1]);
    expect(series(data, 'Duration', { Host: 'registry' })).toEqual([80, 80]);
    expect(series(data, 'Duration', { Host: 'auth' })).toEqual([12.3]);
    expect(series(data, 'TargetsFailing')).toEqual([0]);
    expect(series(data, 'TargetsDegraded')).toBeNull();
    expect(series(data, 'TargetsInconclusive')).toBeNull();
  });

  test('a healthy platform pays for no failure modes and no failing targets', () => {
    const names = metricsOf([outcome('registry.health', 'pass')]).map(({ name }) => name);

    expect(names).not.toContain('Failures');
    expect(names).not.toContain('TargetFailure');
  });

  test('metrics carry the start time of the cycle', () => {
    const [first] = metricsOf([]);

    expect(new Date(first?.timestamp ?? 0).toISOString()).toBe('2026-11-21T02:57:00.000Z');
  });

  test('a failing target lowers the success of its host, is counted, and has its own series while it fails', () => {
    const data = metricsOf([
      outcome('registry.health', 'pass'),
      outcome('registry.root', 'fail', { failureMode: 'lb-no-route' }),
      outcome('api.root', 'fail', { failureMode: 'lb-no-route' }),
    ]);

    expect(series(data, 'Success', { Host: 'registry' })).toEqual([1, 0]);
    expect(series(data, 'TargetsFailing')).toEqual([2]);
    expect(series(data, 'Failures', { FailureMode: 'lb-no-route' })).toEqual([2]);
    expect(series(data, 'TargetFailure', { Target: 'registry.root' })).toEqual([1]);
    expect(series(data, 'TargetFailure', { Target: 'registry.health' })).toBeNull();
  });

  test('a degraded target passes and reports how it is degraded', () => {
    const data = metricsOf([outcome('registry.health', 'degraded', { failureMode: 'slow', totalMs: 5_000 })]);

    expect(series(data, 'Success', { Host: 'registry' })).toEqual([1]);
    expect(series(data, 'TargetsDegraded')).toEqual([1]);
    expect(series(data, 'Failures', { FailureMode: 'slow' })).toEqual([1]);
    expect(series(data, 'TargetFailure', { Target: 'registry.health' })).toBeNull();
  });

  test('an unknown result counts as neither success nor failure, and has no duration', () => {
    const data = metricsOf([
      outcome('registry.health', 'inconclusive', { failureMode: 'deadline-exceeded', totalMs: 900 }),
      outcome('registry.dns', 'skipped', { totalMs: null }),
    ]);

    expect(series(data, 'Success', { Host: 'registry' })).toBeNull();
    expect(series(data, 'Duration', { Host: 'registry' })).toBeNull();
    expect(series(data, 'TargetsFailing')).toEqual([0]);
    expect(series(data, 'TargetsInconclusive')).toEqual([1]);
    expect(series(data, 'Failures', { FailureMode: 'deadline-exceeded' })).toEqual([1]);
    expect(series(data, 'Heartbeat')).toEqual([1]);
  });

  test('a failure that is known from the baseline is counted nowhere as a failure', () => {
    const data = metricsOf([
      outcome('registry.mlflow-api-search', 'fail', { failureMode: 'route-not-found', known: true }),
    ]);

    expect(series(data, 'Success', { Host: 'registry' })).toEqual([1]);
    expect(series(data, 'TargetsFailing')).toEqual([0]);
    expect(series(data, 'Failures', { FailureMode: 'route-not-found' })).toBeNull();
    expect(series(data, 'TargetFailure', { Target: 'registry.mlflow-api-search' })).toBeNull();
  });

  describe('the success of a host', () => {
    const root = outcome('platform.root', 'fail', { failureMode: 'connect-refused' });
    const inFront = (status: Status) => [
      outcome('platform.dns', status, { aspect: 'name' }),
      outcome('platform.certificate', status, { aspect: 'certificate' }),
      outcome('platform.http-redirect', status, { aspect: 'redirect' }),
    ];

    test('is not raised by working hops in front of a host that serves nothing', () => {
      expect(series(metricsOf([root, ...inFront('pass')]), 'Success', { Host: 'platform' })).toEqual([0]);
    });

    test('falls with failures in front of the host, even if only those were probed', () => {
      expect(series(metricsOf(inFront('fail')), 'Success', { Host: 'platform' })).toEqual([0, 0, 0]);
    });

    test('is missing when no request reached the host and none failed', () => {
      expect(series(metricsOf(inFront('pass')), 'Success', { Host: 'platform' })).toBeNull();
      expect(series(metricsOf(inFront('degraded')), 'Success', { Host: 'platform' })).toBeNull();
    });

    test('counts each name and certificate of an own group, which may have nothing else', () => {
      const own = [
        outcome('my.name', 'pass', { aspect: 'name' }),
        outcome('my.cert', 'fail', { aspect: 'certificate' }),
      ];
      expect(series(metricsOf(own), 'Success', { Host: 'my' })).toEqual([1, 0]);
    });

    test('is that of the certificate for the external control', () => {
      const control = outcome('external.control', 'pass', { aspect: 'certificate' });
      expect(series(metricsOf([control]), 'Success', { Host: 'external' })).toEqual([1]);
    });
  });

  test('the days left are those of the first certificate to expire on any address of a name', () => {
    const refused = outcome('registry.certificate', 'degraded', { failureMode: 'connect-refused' });
    const { certificate } = outcome('x', 'pass', { daysLeft: 12 }).evidence;
    const address = { address: '192.0.2.1:443', status: 'pass', failureMode: null, code: null, summary: '' } as const;
    const seen = { ...refused, evidence: { ...refused.evidence, addresses: [{ ...address, certificate }] } };

    expect(series(metricsOf([seen]), 'CertificateDaysLeft')).toEqual([12]);
  });

  test('the days left are those of the platform’s first certificate to expire, without other hosts', () => {
    const data = metricsOf([
      outcome('registry.certificate', 'pass', { daysLeft: 60 }),
      outcome('auth.certificate', 'fail', { failureMode: 'tls-expired', daysLeft: -2 }),
      outcome('external.control', 'pass', { daysLeft: -30 }),
      outcome('my.certificate', 'fail', { failureMode: 'tls-expired', daysLeft: -40 }),
    ]);

    expect(series(data, 'CertificateDaysLeft')).toEqual([-2]);
  });

  test('the days left are missing without a certificate', () => {
    expect(series(metricsOf([outcome('registry.health', 'fail')]), 'CertificateDaysLeft')).toBeNull();
  });

  test('with detail per target, each target has its own success and duration', () => {
    const outcomes = [outcome('registry.health', 'pass', { totalMs: 80 }), outcome('registry.root', 'fail')];

    const data = metricsOf(outcomes, 'targets');

    expect(series(data, 'Success', { Target: 'registry.health' })).toEqual([1]);
    expect(series(data, 'Duration', { Target: 'registry.health' })).toEqual([80]);
    expect(series(data, 'Success', { Target: 'registry.root' })).toEqual([0]);
    expect(series(metricsOf(outcomes), 'Success', { Target: 'registry.root' })).toBeNull();
  });
});

describe('metrics of the model-registration flow', () => {
  const run = { thing: 'run', id: 'a1' } as const;

  test('a passing flow has success, duration and left-overs, and nothing per step', () => {
    const data = flowMetricsOf(flow(stepsWith([]), { durationMs: 412 }));

    expect(series(data, 'RegistrationSuccess')).toEqual([1]);
    expect(series(data, 'RegistrationDuration')).toEqual([412]);
    expect(series(data, 'RegistrationLeftOvers')).toEqual([0]);
    expect(data.filter(({ dimensions }) => 'Step' in dimensions)).toEqual([]);
  });

  test('a cycle without the flow has no metrics of it', () => {
    const names = flowMetricsOf(null).map(({ name }) => name);

    expect(names.filter((name) => name.startsWith('Registration'))).toEqual([]);
  });

  test('a failing step stops the flow, is counted by its mode, and has its own series while it fails', () => {
    const data = flowMetricsOf(flow(stoppedAt(step('create-run', 'fail', { failureMode: 'forbidden' }))));

    expect(series(data, 'RegistrationSuccess')).toEqual([0]);
    expect(series(data, 'Failures', { FailureMode: 'forbidden' })).toEqual([1]);
    expect(series(data, 'StepFailure', { Step: 'create-run' })).toEqual([1]);
    expect(series(data, 'StepFailure', { Step: 'log-batch' })).toBeNull();
    expect(series(data, 'TargetsFailing')).toEqual([0]);
  });

  test('targets and steps that fail in the same mode are counted together', () => {
    const registration = flow(stoppedAt(step('credentials', 'fail', { failureMode: 'dns-nxdomain' })));
    const target = outcome('registry.dns', 'fail', { failureMode: 'dns-nxdomain' });

    const data = metricsFromReport(report([target], { registration }), 'hosts');

    expect(series(data, 'Failures', { FailureMode: 'dns-nxdomain' })).toEqual([2]);
  });

  test('objects left behind are counted, and the flow still succeeds', () => {
    const left = cleanup([run, { thing: 'registered-model', id: 'hokusai-synthetics-1' }]);

    const data = flowMetricsOf(flow(stepsWith([]), { status: 'degraded', cleanup: left }));

    expect(series(data, 'RegistrationLeftOvers')).toEqual([2]);
    expect(series(data, 'Failures', { FailureMode: 'cleanup-failed' })).toEqual([1]);
    expect(series(data, 'RegistrationSuccess')).toEqual([1]);
  });

  test('a mostly unknown flow has neither success nor duration', () => {
    const unfinished = step('upload-artifacts', 'inconclusive', { failureMode: 'deadline-exceeded' });

    const data = flowMetricsOf(flow(stoppedAt(unfinished)));

    expect(series(data, 'RegistrationSuccess')).toBeNull();
    expect(series(data, 'RegistrationDuration')).toBeNull();
    expect(series(data, 'RegistrationLeftOvers')).toEqual([0]);
    expect(series(data, 'StepFailure', { Step: 'upload-artifacts' })).toBeNull();
  });

  test('a step that is known to fail from the baseline counts as success, not as failure', () => {
    const known = step('search-model', 'fail', { failureMode: 'forbidden', known: true });

    const data = flowMetricsOf(flow(stepsWith([known])), 'targets');

    expect(series(data, 'RegistrationSuccess')).toEqual([1]);
    expect(series(data, 'Success', { Step: 'search-model' })).toEqual([1]);
    expect(series(data, 'Failures', { FailureMode: 'forbidden' })).toBeNull();
    expect(series(data, 'StepFailure', { Step: 'search-model' })).toBeNull();
  });

  test('with detail per target, each step has its own success and duration, except skipped ones', () => {
    const failing = step('create-run', 'fail', { failureMode: 'forbidden', durationMs: 33 });

    const data = flowMetricsOf(flow(stoppedAt(failing)), 'targets');

    expect(series(data, 'Success', { Step: 'experiment' })).toEqual([1]);
    expect(series(data, 'Duration', { Step: 'experiment' })).toEqual([20]);
    expect(series(data, 'Success', { Step: 'create-run' })).toEqual([0]);
    expect(series(data, 'Duration', { Step: 'create-run' })).toEqual([33]);
    expect(series(data, 'Success', { Step: 'log-batch' })).toBeNull();
  });
});

test('each hypothesis that holds is published, including ties and further faults, and none when nothing fails', () => {
  const faults = [
    ['database-unreachable', 'database-auth-failing'],
    ['api-key-rejected', 'database-unreachable'],
  ] as const;
  const found = report([], { diagnosis: { status: 'ambiguous', hypotheses: [], faults, unexplained: [], paths: [] } });
  const matches = (one: Report) => metricsFromReport(one, 'hosts').filter(({ name }) => name === 'HypothesisMatch');

  expect(matches(found).map(({ dimensions, values }) => [dimensions, values])).toEqual(
    ['database-unreachable', 'database-auth-failing', 'api-key-rejected'].map((Hypothesis) => [
      { Environment: 'development', Hypothesis },
      [1],
    ]),
  );
  expect(matches(report([]))).toEqual([]);
});

describe('the metrics of incidents', () => {
  const healthy = report([outcome('api.root', 'pass')]);
  const incident = { id: 'x', startedAt: '2026-11-21T02:57:00.000Z', causes: [] } as const;
  const tracked = (tracking: Partial<Tracking>) =>
    metricsFromReport(healthy, 'hosts', { open: [], news: [], sent: 0, waiting: 0, troubles: [], ...tracking });

  it('cost nothing without incidents', () => {
    expect(tracked({})).toEqual(metricsFromReport(healthy, 'hosts'));
  });

  it('are the open incidents by severity, and the messages sent and not sent', () => {
    const open = (['critical', 'warning', 'warning'] as const).map((severity) => ({ ...incident, severity }));
    const data = tracked({ open, sent: 3, troubles: ['x.1 was not taken by sns: no permission'] });
    const values = data.flatMap(({ name, dimensions, values: [value] }) =>
      ['OpenIncidents', 'MessagesSent', 'SendFailures'].includes(name) ? [[name, dimensions.Severity, value]] : [],
    );
    expect(values).toEqual([
      ['OpenIncidents', 'critical', 1],
      ['OpenIncidents', 'warning', 2],
      ['MessagesSent', undefined, 3],
      ['SendFailures', undefined, 1],
    ]);
  });
});
