import { randomUUID } from 'node:crypto';
import { array, type Endpoint, int, optional, required, unlessEmpty } from './endpoint.ts';
import { invalid, missing } from './errors.ts';
import { activeExperiment } from './experiments.ts';
import { isObject, type Json } from './json.ts';
import { by, type Lookup, matches, pagedRuns, parseFilter } from './search.ts';
import { sentLate, type Transaction } from './store.ts';
import { type Run, upserted } from './tables.ts';

export const hex = (): string => randomUUID().replaceAll('-', '');

const info = (run: Run): Json => ({
  run_uuid: run.run_uuid,
  experiment_id: run.experiment_id,
  run_name: run.name,
  user_id: run.user_id,
  status: run.status,
  start_time: run.start_time,
  ...(run.end_time === null ? {} : { end_time: run.end_time }),
  artifact_uri: run.artifact_uri,
  lifecycle_stage: run.lifecycle_stage,
  run_id: run.run_uuid,
});

const view = (run: Run): Record<string, Json> => ({
  info: info(run),
  data: {
    ...unlessEmpty('metrics', run.metrics),
    ...unlessEmpty('params', run.params),
    ...unlessEmpty('tags', run.tags),
  },
  inputs: {},
});

const viewWithOutputs = (run: Run): Json => ({ ...view(run), outputs: unlessEmpty('model_outputs', run.outputs) });

const find = async (transaction: Transaction, id: string): Promise<Run> => {
  const run = await transaction.get('runs', id);
  if (run === null) throw missing(`Run with id=${id} not found`);
  return run;
};

/** @throws MlflowError when the run does not exist or is deleted: it cannot be changed then. */
export const activeRun = async (transaction: Transaction, id: string): Promise<Run> => {
  const run = await find(transaction, id);
  if (run.lifecycle_stage === 'active') return run;
  throw invalid(`The run ${id} must be in the 'active' state. Current state is deleted.`);
};

export const createRun: Endpoint = {
  parameters: [optional('experiment_id'), int('start_time'), optional('run_name'), optional('user_id'), array('tags')],
  answer: ({ tracking }, parameters) =>
    tracking.write(async (transaction) => {
      const experiment = await activeExperiment(transaction, parameters.text('experiment_id'));
      const id = hex();
      // The real server invents a name from an adjective, an animal and a number.
      const name = parameters.text('run_name') || `synthetic-crane-${id.slice(0, 3)}`;
      const run: Run = {
        run_uuid: id,
        name,
        user_id: parameters.text('user_id'),
        status: 'RUNNING',
        start_time: parameters.int('start_time') ?? 0,
        end_time: null,
        lifecycle_stage: 'active',
        artifact_uri: `${experiment.artifact_location}/${id}/artifacts`,
        experiment_id: experiment.experiment_id,
        metrics: [],
        params: [],
        tags: upserted(parameters.pairs('tags'), [{ key: 'mlflow.runName', value: name }]),
        outputs: [],
      };
      await sentLate(transaction.insert('runs', id, run));
      return { run: view(run) };
    }),
};

export const getRun: Endpoint = {
  parameters: [required('run_id')],
  answer: async ({ tracking }, parameters) => {
    const run = await tracking.read((transaction) => find(transaction, parameters.text('run_id')));
    return { run: viewWithOutputs(run) };
  },
};

const statuses = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];

export const updateRun: Endpoint = {
  parameters: [required('run_id'), { name: 'status', kind: 'enum' }, int('end_time'), optional('run_name')],
  answer: ({ tracking }, parameters) =>
    tracking.write(async (transaction) => {
      const run = await activeRun(transaction, parameters.text('run_id'));
      const status = String(parameters.raw['status'] ?? '');
      const name = parameters.text('run_name') || run.name;
      const changed: Run = {
        ...run,
        name,
        // An unknown status is ignored, with a 200.
        status: statuses.includes(status) ? status : run.status,
        end_time: parameters.int('end_time') ?? run.end_time,
        tags: upserted(run.tags, [{ key: 'mlflow.runName', value: name }]),
      };
      await transaction.update('runs', run.run_uuid, changed);
      return { run_info: info(changed) };
    }),
};

/** Unlike with an experiment, deleting it again is allowed. */
export const deleteRun: Endpoint = {
  parameters: [required('run_id')],
  answer: ({ tracking }, parameters) =>
    tracking.write(async (transaction) => {
      const run = await find(transaction, parameters.text('run_id'));
      await transaction.update('runs', run.run_uuid, { ...run, lifecycle_stage: 'deleted' });
      return {};
    }),
};

export const logOutputs: Endpoint = {
  parameters: [required('run_id'), array('models', true)],
  answer: ({ tracking }, parameters) =>
    tracking.write(async (transaction) => {
      const run = await activeRun(transaction, parameters.text('run_id'));
      // Models that do not exist are accepted, too.
      const outputs = parameters
        .list('models')
        .filter(isObject)
        .map((each) => ({ model_id: String(each['model_id']), step: Number(each['step'] ?? 0) }));
      await transaction.update('runs', run.run_uuid, { ...run, outputs: [...run.outputs, ...outputs] });
      return {};
    }),
};

const attributes = ['run_id', 'run_name', 'status', 'start_time', 'end_time', 'user_id', 'artifact_uri'];

const lookup =
  (run: Run): Lookup =>
  (entity, key) => {
    if (entity === 'tag') return run.tags.find((each) => each.key === key)?.value;
    if (entity === 'param') return run.params.find((each) => each.key === key)?.value;
    if (entity === 'metric') return run.metrics.find((each) => each.key === key)?.value;
    const { run_uuid: run_id, name: run_name, status, start_time, user_id, artifact_uri } = run;
    return { run_id, run_name, status, start_time, end_time: run.end_time ?? undefined, user_id, artifact_uri }[key];
  };

export const searchRuns: Endpoint = {
  parameters: [
    array('experiment_ids'),
    optional('filter'),
    int('max_results', 50_000),
    array('order_by'),
    optional('page_token'),
  ],
  answer: async ({ tracking }, parameters) => {
    const experiments = parameters.list('experiment_ids').map(String);
    const clauses = parseFilter(parameters.text('filter'), attributes);
    const all = await tracking.read((transaction) => transaction.scan('runs'));
    const rows = all
      .filter((run) => run.lifecycle_stage === 'active' && experiments.includes(run.experiment_id))
      .filter((run) => matches(clauses, lookup(run)))
      .sort(by([(run) => run.start_time, 'DESC'], [(run) => run.run_uuid]));
    const { page, next } = pagedRuns(rows, parameters.int('max_results') ?? 1_000, parameters.text('page_token'));
    return { ...unlessEmpty('runs', page.map(viewWithOutputs)), ...next };
  },
};
