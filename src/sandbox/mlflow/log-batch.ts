import { array, type Endpoint, required } from './endpoint.ts';
import { invalid } from './errors.ts';
import { isObject, type Json, type JsonObject, repr } from './json.ts';
import type { Parameters } from './parameters.ts';
import { activeRun } from './runs.ts';
import { type KeyValue, type Metric, type Run, upserted } from './tables.ts';

const hint = ' See the API docs for more information about request parameters.';

const requireFields = (parameters: Parameters, list: string, fields: readonly string[]): void => {
  for (const [index, each] of parameters.list(list).entries()) {
    for (const field of fields) {
      const value = isObject(each) ? (each[field] ?? null) : null;
      if (value === null || value === '') {
        throw invalid(`Missing value for required parameter '${list}[${index}].${field}'.${hint}`);
      }
    }
  }
};

const wholeNumber = (value: Json | undefined): number | null => {
  if (value === undefined || value === null) return 0;
  return value !== '' && Number.isInteger(Number(value)) ? Number(value) : null;
};

const metricValue = (value: Json | undefined): Metric['value'] | null => {
  if (value === 'NaN') return 'NaN';
  // The largest number that a database column holds represents infinity.
  if (value === 'Infinity') return Number.MAX_VALUE;
  if (value === '-Infinity') return -Number.MAX_VALUE;
  return value !== '' && Number.isFinite(Number(value)) ? Number(value) : null;
};

interface Batch {
  readonly metrics: readonly Metric[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

/**
 * A trap in MLflow: a metric that protobuf cannot read ends the parsing. The metric is stored with the fields read so
 * far and zeros for the others, the rest of the message is dropped, and the status is 200 (measured on 3.9.0).
 */
const readBatch = (message: JsonObject): Batch => {
  const metrics: Metric[] = [];
  const pairs: Record<'params' | 'tags', KeyValue[]> = { params: [], tags: [] };
  for (const [field, list] of Object.entries(message)) {
    for (const each of Array.isArray(list) ? list.filter(isObject) : []) {
      if (field === 'params' || field === 'tags') {
        pairs[field].push({ key: String(each['key']), value: String(each['value'] ?? '') });
      }
      if (field !== 'metrics') continue;
      const [value, timestamp, step] = [
        metricValue(each['value']),
        wholeNumber(each['timestamp']),
        wholeNumber(each['step']),
      ];
      const whole = value !== null && timestamp !== null && step !== null;
      const key = String(each['key']);
      metrics.push(whole ? { key, value, timestamp, step } : { key, value: value ?? 0, timestamp: 0, step: 0 });
      if (!whole) return { metrics, ...pairs };
    }
  }
  return { metrics, ...pairs };
};

const isLater = (a: Metric, b: Metric): boolean =>
  a.step !== b.step ? a.step > b.step : a.timestamp !== b.timestamp ? a.timestamp > b.timestamp : a.value > b.value;

const latest = (known: readonly Metric[], logged: readonly Metric[]): readonly Metric[] => {
  const byKey = new Map(known.map((metric) => [metric.key, metric]));
  for (const metric of logged) {
    const before = byKey.get(metric.key);
    if (before === undefined || isLater(metric, before)) byKey.set(metric.key, metric);
  }
  return [...byKey.values()];
};

const changedParams = (run: Run, params: readonly KeyValue[]): readonly JsonObject[] =>
  params.flatMap(({ key, value }) => {
    const before = run.params.find((param) => param.key === key);
    return before === undefined || before.value === value ? [] : [{ key, old_value: before.value, new_value: value }];
  });

export const logBatch: Endpoint = {
  parameters: [required('run_id'), array('metrics'), array('params'), array('tags')],
  answer: ({ tracking }, parameters) => {
    requireFields(parameters, 'metrics', ['key', 'value', 'timestamp']);
    requireFields(parameters, 'params', ['key']);
    requireFields(parameters, 'tags', ['key']);
    const { metrics, params, tags } = readBatch(parameters.raw);
    return tracking.write(async (transaction) => {
      const run = await activeRun(transaction, parameters.text('run_id'));
      const changed = changedParams(run, params);
      if (changed.length > 0) {
        throw invalid(
          `Changing param values is not allowed. Params were already logged='${repr(changed)}' for run ID='${run.run_uuid}'.`,
        );
      }
      await transaction.update('runs', run.run_uuid, {
        ...run,
        metrics: latest(run.metrics, metrics),
        params: upserted(run.params, params),
        tags: upserted(run.tags, tags),
      });
      return {};
    });
  },
};
