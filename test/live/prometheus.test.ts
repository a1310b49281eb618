import { describe, expect, it, test } from 'vitest';
import { expositionOf } from '../../src/live/exposition.ts';
import { familiesOf, prometheusName, withTotals } from '../../src/live/prometheus.ts';
import { type MetricDatum, seriesIds } from '../../src/metrics/catalogue.ts';
import { seriesData } from '../../src/metrics/datum.ts';

const at = Date.parse('2026-11-21T12:00:00.000Z');
const Environment = 'development';

describe('the metrics for Prometheus', () => {
  it('have a name of their own for every series of the catalogue, as Prometheus allows them', () => {
    const names = seriesIds.map(prometheusName);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    expect(names).toContain('hokusai_synthetics_host_success_ratio');
  });

  test.each([
    { id: 'hostSuccess', values: [1, 1, 1, 0], value: 0.75 },
    { id: 'hostDuration', values: [100, 300], value: 0.2 },
  ] as const)('give $value for $id of $values', ({ id, values, value }) => {
    const [family] = familiesOf(seriesData(id, at, { Environment, Host: 'api' }, values), new Map());
    expect(family?.samples).toEqual([{ labels: { environment: Environment, host: 'api' }, value }]);
  });

  it('average all requests of a host, even if their values need several data', () => {
    const values = Array.from({ length: 400 }, (_, index) => index + 1);
    const data = seriesData('hostDuration', at, { Environment, Host: 'api' }, values);
    expect(data.length).toBeGreaterThan(1);
    expect(familiesOf(data, new Map())[0]?.samples).toMatchObject([{ value: 0.2005 }]);
  });

  it('add up what happens over cycles', () => {
    const data: readonly MetricDatum[] = [
      ...seriesData('heartbeat', at, { Environment }, [1]),
      ...seriesData('messagesSent', at, { Environment }, [2]),
    ];
    const totals = withTotals(withTotals(new Map(), data), data);
    const text = expositionOf(familiesOf([], totals));
    expect(text).toMatch(/^# TYPE hokusai_synthetics_heartbeat_total counter$/m);
    expect(text).toMatch(/^hokusai_synthetics_heartbeat_total\{environment="development"\} 2$/m);
    expect(text).toMatch(/^hokusai_synthetics_messages_sent_total\{environment="development"\} 4$/m);
  });

  it('escape what a label may not hold', () => {
    const text = expositionOf([
      { name: 'a', type: 'gauge', help: 'one\\\ntwo', samples: [{ labels: { x: 'a"b\\c\nd' }, value: 1 }] },
    ]);
    expect(text).toBe('# HELP a one\\\\\\ntwo\n# TYPE a gauge\na{x="a\\"b\\\\c\\nd"} 1\n');
  });
});
