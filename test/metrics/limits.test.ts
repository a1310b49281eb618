import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DimensionName, type MetricDatum, type SeriesKind, seriesKinds } from '../../src/metrics/catalogue.ts';
import { emfLines } from '../../src/metrics/emf.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import { metricRequests } from '../../src/metrics/requests.ts';
import { anyReport, outcome, report } from './reports.ts';

// AWS's own numbers, from PutMetricData's and MetricDatum's reference and the EMF specification; moto checks none of them.
const metricsPerRequest = 1_000;
const bytesPerRequest = 1_000_000;
const valuesPerDatum = 150;
const dimensionsPerMetric = 30;
const charactersPerDimension = 1_024;
const largestValue = 2 ** 360;
const emfMetricsPerDirective = 100;
const emfValuesPerMetric = 100;

const anyDetail = fc.constantFrom('hosts', 'targets');
const kinds: readonly SeriesKind[] = Object.values(seriesKinds);

const occurrences = ({ counts }: MetricDatum): number => counts.reduce((sum, count) => sum + count, 0);

describe('for any result of a cycle', () => {
  test('every published metric is in the catalogue, with exactly its unit and dimensions', () => {
    fc.assert(
      fc.property(anyReport, anyDetail, (found, detail) => {
        for (const { name, unit, dimensions } of metricsFromReport(found, detail)) {
          const names = Object.keys(dimensions);
          const kind = kinds.find((one) => one.name === name && one.dimensions.join() === names.join());
          expect(kind?.unit, `${name} ${names}`).toBe(unit);
        }
      }),
    );
  });

  test('CloudWatch refuses no number, no name and no amount', () => {
    fc.assert(
      fc.property(anyReport, anyDetail, (found, detail) => {
        for (const { dimensions, values, counts } of metricsFromReport(found, detail)) {
          expect(values.length).toBeGreaterThan(0);
          expect(values.length).toBeLessThanOrEqual(valuesPerDatum);
          expect(counts.length).toBe(values.length);
          expect(new Set(values).size).toBe(values.length);
          for (const value of values) expect(Math.abs(value)).toBeLessThanOrEqual(largestValue);
          for (const count of counts) expect(count).toBeGreaterThan(0);
          expect(Object.keys(dimensions).length).toBeLessThanOrEqual(dimensionsPerMetric);
          for (const value of Object.values(dimensions)) {
            expect(value).toMatch(/^[\x20-\x7e]*[\x21-\x7e][\x20-\x7e]*$/);
            expect(value).not.toMatch(/^:/);
            expect(value.length).toBeLessThanOrEqual(charactersPerDimension);
          }
        }
      }),
    );
  });

  test('the requests together hold each value once, within AWS’s limits', () => {
    fc.assert(
      fc.property(anyReport, anyDetail, (found, detail) => {
        const data = metricsFromReport(found, detail);
        const requests = metricRequests('Hokusai/Synthetics', data);
        expect(requests.flatMap((request) => request.data)).toEqual(data);
        for (const { input } of requests) {
          expect(input.MetricData?.length).toBeLessThanOrEqual(metricsPerRequest);
          expect(Buffer.byteLength(JSON.stringify(input))).toBeLessThanOrEqual(bytesPerRequest);
        }
      }),
    );
  });

  test('the log has the same values, within the limits of the Embedded Metric Format', () => {
    fc.assert(
      fc.property(anyReport, anyDetail, (found, detail) => {
        const data = metricsFromReport(found, detail);
        let values = 0;
        for (const line of emfLines('Hokusai/Synthetics', data)) {
          const document = JSON.parse(line);
          const [directive, ...others] = document._aws.CloudWatchMetrics;
          expect(others).toEqual([]);
          expect({ level: document.level, timestamp: Date.parse(document.timestamp) }).toEqual({
            level: 'ERROR',
            timestamp: document._aws.Timestamp,
          });
          expect(directive.Metrics.length).toBeLessThanOrEqual(emfMetricsPerDirective);
          for (const name of directive.Dimensions[0]) expect(typeof document[name]).toBe('string');
          for (const { Name } of directive.Metrics) {
            const each = [document[Name]].flat();
            expect(each.length).toBeLessThanOrEqual(emfValuesPerMetric);
            values += each.length;
          }
        }
        expect(values).toBe(data.map(occurrences).reduce((sum, count) => sum + count, 0));
      }),
    );
  });
});

test('5,000 targets need as few requests as AWS allows', () => {
  const outcomes = Array.from({ length: 5_000 }, (_, index) =>
    outcome(`my.target-${index}`, 'pass', { totalMs: index }),
  );
  const data = metricsFromReport(report(outcomes), 'targets');

  const requests = metricRequests('Hokusai/Synthetics', data);

  expect(data.length).toBeGreaterThan(10_000);
  expect(requests.length).toBe(Math.ceil(data.length / metricsPerRequest));
});

test('hosts with names in other scripts stay distinct', () => {
  const data = metricsFromReport(report([outcome('ü.a', 'pass'), outcome('ö.a', 'pass')]), 'hosts');

  const hosts = data.filter(({ name }) => name === 'Success').map(({ dimensions }) => dimensions.Host);

  expect(hosts).toEqual(['%C3%BC', '%C3%B6']);
});

test('every dimension in the catalogue has a limited number of values', () => {
  const dimensions: readonly DimensionName[] = kinds.flatMap((kind) => kind.dimensions);

  expect(new Set(dimensions)).toEqual(
    new Set(['Environment', 'Host', 'Target', 'Step', 'FailureMode', 'Hypothesis', 'Severity']),
  );
});
