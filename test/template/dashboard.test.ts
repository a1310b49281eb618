import { describe, expect, test } from 'vitest';
import { withDashboard } from '../../scripts/dashboard.ts';
import { type JsonObject, listOf, objectOf, readTemplate, textOf } from '../../scripts/template/intrinsics.ts';
import { everything, ofType, stackWith, templateText } from '../../scripts/template/stack.ts';
import type { MetricDatum } from '../../src/metrics/catalogue.ts';
import { type SeriesKind, seriesKinds } from '../../src/metrics/catalogue.ts';
import { publishedInVpc, publishedSeries } from './published.ts';
import { ourNamespace, unknownMetric, type Watched } from './watching.ts';

const bodyWith = (CycleMinutes = '1'): JsonObject => {
  const [dashboard] = ofType(stackWith({ ...everything, CycleMinutes }), 'AWS::CloudWatch::Dashboard');
  return objectOf(JSON.parse(textOf(dashboard?.properties['DashboardBody'])));
};

const widgets = listOf(bodyWith()['widgets']).map(objectOf);
const propertiesOf = (widget: JsonObject): JsonObject => objectOf(widget['properties']);
const lines = widgets.flatMap((widget) => listOf(propertiesOf(widget)['metrics']).map(listOf));
const published = [...publishedSeries, ...publishedInVpc];

/** A metric that a line names; null: it searches. */
const named = (line: readonly unknown[]): Watched | null => {
  const words = line.filter((word): word is string => typeof word === 'string');
  const [namespace, name, ...rest] = words;
  if (namespace === undefined || name === undefined) return null;
  const dimensions = rest.flatMap((word, index) => (index % 2 === 0 ? [[word, rest[index + 1] ?? '']] : []));
  return { namespace, name, dimensions: Object.fromEntries(dimensions) };
};

const searches = lines.flatMap((line) => {
  const { expression } = objectOf(line[0]?.constructor === Object ? line[0] : {});
  return expression === undefined ? [] : [textOf(expression)];
});

/** What a search finds, as CloudWatch's manual defines it: exactly these dimensions, this name, this environment. */
const found = (expression: string): readonly MetricDatum[] => {
  const parts =
    /^SEARCH\('\{([^,}]+),([^}]+)\} MetricName="([^"]+)" Environment="([^"]+)"', '(?:Sum|Average|Minimum|Maximum|p\d+)', \d+\)$/.exec(
      expression,
    );
  if (parts === null) throw new Error(`no search that is understood: ${expression}`);
  const [, namespace, schema = '', name, environment] = parts;
  const wanted = schema.split(',').toSorted().join();
  return published.filter(
    (datum) =>
      namespace === ourNamespace &&
      datum.name === name &&
      datum.dimensions.Environment === environment &&
      Object.keys(datum.dimensions).toSorted().join() === wanted,
  );
};

describe('the dashboard', () => {
  test('in template.yaml matches the catalogue (npm run generate)', () => {
    expect(withDashboard(templateText)).toBe(templateText);
    expect(() => readTemplate(templateText)).not.toThrow();
  });

  test('shows published metrics only', () => {
    const unknown = lines.flatMap((line) => {
      const watched = named(line);
      return watched === null ? [] : (unknownMetric(watched, published) ?? []);
    });

    expect(lines.length).toBeGreaterThan(20);
    expect(unknown).toEqual([]);
  });

  test('searches for existing series: no search stays empty when everything happens', () => {
    expect(searches.length).toBeGreaterThan(5);
    expect(searches.filter((expression) => found(expression).length === 0)).toEqual([]);
  });

  test('shows every kind of metric that a cycle publishes by default', () => {
    const shown = new Set([
      ...lines.flatMap((line) => named(line)?.name ?? []),
      ...searches.flatMap((expression) => found(expression).map(({ name }) => name)),
    ]);
    const missing = Object.values<SeriesKind>(seriesKinds)
      .filter((kind) => kind.published !== 'target-detail' && !shown.has(kind.name as MetricDatum['name']))
      .map(({ name }) => name);

    expect(missing).toEqual([]);
  });

  test('starts with whether users can register models, and the cause if not', () => {
    const [top] = widgets;
    const first = JSON.stringify(widgets.filter((widget) => Number(widget['y']) < 19));

    expect(top).toMatchObject({
      type: 'custom',
      y: 0,
      width: 24,
      properties: {
        title: expect.stringContaining('Can people register models now'),
        endpoint: '<WidgetFunction.Arn>',
        params: { environment: 'development' },
        updateOn: { refresh: true, resize: true, timeRange: true },
      },
    });
    expect(first).toContain('RegistrationSuccess');
    expect(first).toContain('HypothesisMatch');
    expect(first).toContain('<RegistrationBroken.Arn>');
  });

  test('has no widget outside its 24 columns, and no two that overlap', () => {
    const taken = new Map<string, string>();
    for (const widget of widgets) {
      const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => Number(widget[key]));
      const title = JSON.stringify(propertiesOf(widget)['title'] ?? propertiesOf(widget)['markdown']);
      for (let column = x ?? 0; column < (x ?? 0) + (width ?? 0); column += 1) {
        expect(column, title).toBeLessThan(24);
        for (let row = y ?? 0; row < (y ?? 0) + (height ?? 0); row += 1) {
          expect(taken.get(`${column}/${row}`), title).toBeUndefined();
          taken.set(`${column}/${row}`, title);
        }
      }
    }
  });

  test('counts in cycles for any schedule, so that no graph has gaps', () => {
    const body = JSON.stringify(bodyWith('5'));

    expect(body).toContain('"period":300');
    expect(body).not.toContain('"period":60');
    expect(body).not.toContain(', 60)');
  });
});
