import { describe, expect, test } from 'vitest';
import type { MetricDatum, MetricsDetail } from '../../src/metrics/catalogue.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import type { Outcome } from '../../src/platform/report.ts';
import { outcome, report } from './reports.ts';

const metricsOf = (outcomes: readonly Outcome[], detail: MetricsDetail = 'hosts'): readonly MetricDatum[] =>
  metricsFromReport(report(outcomes), detail);

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
  test('a healthy platform gives a heartbeat, a full share of successes per host, and zeros', () => {
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
    expect(series(data, 'TargetsDegraded')).toEqual([0]);
    expect(series(data, 'TargetsInconclusive')).toEqual([0]);
  });

  test('a healthy platform is not charged for failure modes or failing targets', () => {
    const names = metricsOf([outcome('registry.health', 'pass')]).map(({ name }) => name);

    expect(names).not.toContain('Failures');
    expect(names).not.toContain('TargetFailure');
  });

  test('the data carries the time at which the cycle began', () => {
    const [first] = metricsOf([]);

    expect(new Date(first?.timestamp ?? 0).toISOString()).toBe('2026-11-21T02:57:00.000Z');
  });

  test('a failing target lowers the share of its host, is counted, and has a series of its own while it fails', () => {
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

  test('a degraded target passes, and says in which way it is degraded', () => {
    const data = metricsOf([outcome('registry.health', 'degraded', { failureMode: 'slow', totalMs: 5_000 })]);

    expect(series(data, 'Success', { Host: 'registry' })).toEqual([1]);
    expect(series(data, 'TargetsDegraded')).toEqual([1]);
    expect(series(data, 'Failures', { FailureMode: 'slow' })).toEqual([1]);
    expect(series(data, 'TargetFailure', { Target: 'registry.health' })).toBeNull();
  });

  test('what is unknown gives neither success nor failure, and no duration', () => {
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

  test('a deviation that is known from the baseline counts as no failure anywhere', () => {
    const data = metricsOf([
      outcome('registry.mlflow-api-search', 'fail', { failureMode: 'route-not-found', known: true }),
    ]);

    expect(series(data, 'Success', { Host: 'registry' })).toEqual([1]);
    expect(series(data, 'TargetsFailing')).toEqual([0]);
    expect(series(data, 'Failures', { FailureMode: 'route-not-found' })).toBeNull();
    expect(series(data, 'TargetFailure', { Target: 'registry.mlflow-api-search' })).toBeNull();
  });

  test('the days left are those of the platform’s first certificate to expire, the control outside aside', () => {
    const data = metricsOf([
      outcome('registry.certificate', 'pass', { daysLeft: 60 }),
      outcome('auth.certificate', 'fail', { failureMode: 'tls-expired', daysLeft: -2 }),
      outcome('external.control', 'pass', { daysLeft: -30 }),
    ]);

    expect(series(data, 'CertificateDaysLeft')).toEqual([-2]);
  });

  test('without a certificate seen there is no number of days, rather than a made-up one', () => {
    expect(series(metricsOf([outcome('registry.health', 'fail')]), 'CertificateDaysLeft')).toBeNull();
  });

  test('with detail per target each target has a success and a duration of its own', () => {
    const outcomes = [outcome('registry.health', 'pass', { totalMs: 80 }), outcome('registry.root', 'fail')];

    const data = metricsOf(outcomes, 'targets');

    expect(series(data, 'Success', { Target: 'registry.health' })).toEqual([1]);
    expect(series(data, 'Duration', { Target: 'registry.health' })).toEqual([80]);
    expect(series(data, 'Success', { Target: 'registry.root' })).toEqual([0]);
    expect(series(metricsOf(outcomes), 'Success', { Target: 'registry.root' })).toBeNull();
  });
});
