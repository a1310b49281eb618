import { array, type Endpoint, int, optional, required, unlessEmpty } from './endpoint.ts';
import { invalid, MlflowError, missing } from './errors.ts';
import type { Json } from './json.ts';
import { by, matches, paged, parseFilter } from './search.ts';
import { isSqlError, sentLate, type Transaction } from './store.ts';
import type { Experiment, LifecycleStage } from './tables.ts';

const view = (row: Experiment): Json => ({
  experiment_id: row.experiment_id,
  name: row.name,
  artifact_location: row.artifact_location,
  lifecycle_stage: row.lifecycle_stage,
  last_update_time: row.last_update_time,
  creation_time: row.creation_time,
  ...unlessEmpty('tags', row.tags),
});

const notFound = (id: string): MlflowError => missing(`No Experiment with id=${id} exists`);

const find = async (transaction: Transaction, id: string): Promise<Experiment> => {
  const row = await transaction.get('experiments', id);
  if (row === null) throw notFound(id);
  return row;
};

/** @throws MlflowError when the experiment does not exist or is deleted: nothing can be created in it then. */
export const activeExperiment = async (transaction: Transaction, id: string): Promise<Experiment> => {
  const row = await find(transaction, id);
  if (row.lifecycle_stage === 'active') return row;
  throw invalid(`The experiment ${id} must be in the 'active' state. Current state is deleted.`);
};

export const createExperiment: Endpoint = {
  parameters: [required('name'), optional('artifact_location'), array('tags')],
  answer: ({ tracking, artifactRoot, now }, parameters) =>
    tracking.write(async (transaction) => {
      const name = parameters.text('name');
      const id = String(await sentLate(transaction.next('experiments_experiment_id_seq')));
      const row: Experiment = {
        experiment_id: id,
        name,
        artifact_location: parameters.text('artifact_location') || `${artifactRoot}/${id}`,
        lifecycle_stage: 'active',
        creation_time: now(),
        last_update_time: now(),
        tags: parameters.pairs('tags'),
      };
      try {
        await sentLate(transaction.insert('experiments', id, row, { unique: 'name' }));
      } catch (error) {
        if (!isSqlError(error, 'UniqueViolation')) throw error;
        throw new MlflowError(
          'RESOURCE_ALREADY_EXISTS',
          `Experiment(name=${name}) already exists. Error: ${error.message}`,
        );
      }
      return { experiment_id: id };
    }),
};

export const getExperimentByName: Endpoint = {
  parameters: [required('experiment_name')],
  answer: async ({ tracking }, parameters) => {
    const name = parameters.text('experiment_name');
    const rows = await tracking.read((transaction) => transaction.scan('experiments'));
    const row = rows.find((each) => each.name === name);
    if (row === undefined) throw missing(`Could not find experiment with name '${name}'`);
    return { experiment: view(row) };
  },
};

const viewTypes: Readonly<Record<string, readonly LifecycleStage[]>> = {
  '1': ['active'],
  '2': ['deleted'],
  '3': ['active', 'deleted'],
  ACTIVE_ONLY: ['active'],
  DELETED_ONLY: ['deleted'],
  ALL: ['active', 'deleted'],
};

/** Unlike in other searches, 0 results is an error. 0 is also the default. */
const pageSize = (max: number): number => {
  const wrong = `Invalid value ${max} for parameter 'max_results' supplied. It must be`;
  if (max < 1) throw invalid(`${wrong} a positive integer`);
  if (max > 50_000) throw invalid(`${wrong} at most 50000`);
  return max;
};

export const searchExperiments: Endpoint = {
  parameters: [
    { name: 'view_type', kind: 'enum' },
    int('max_results'),
    array('order_by'),
    optional('filter'),
    optional('page_token'),
  ],
  answer: async ({ tracking }, parameters) => {
    const max = pageSize(parameters.int('max_results') ?? 0);
    const stages = viewTypes[String(parameters.raw['view_type'] ?? 1)] ?? ['active'];
    const clauses = parseFilter(parameters.text('filter'), ['name', 'creation_time', 'last_update_time']);
    const all = await tracking.read((transaction) => transaction.scan('experiments'));
    const rows = all
      .filter((row) => stages.includes(row.lifecycle_stage))
      .filter((row) =>
        matches(clauses, (entity, key) => {
          if (entity === 'tag') return row.tags.find((tag) => tag.key === key)?.value;
          return { name: row.name, creation_time: row.creation_time, last_update_time: row.last_update_time }[key];
        }),
      )
      .sort(by([(row) => row.creation_time, 'DESC'], [(row) => Number(row.experiment_id)]));
    const { page, next } = paged(rows, max, parameters.text('page_token'));
    return { ...unlessEmpty('experiments', page.map(view)), ...next };
  },
};

/** Only for an experiment in the other stage: deleting it twice is a 404. Its runs are deleted and restored with it. */
const moveTo = (stage: LifecycleStage): Endpoint => ({
  parameters: [required('experiment_id')],
  answer: ({ tracking, now }, parameters) =>
    tracking.write(async (transaction) => {
      const id = parameters.text('experiment_id');
      const row = await find(transaction, id);
      if (row.lifecycle_stage === stage) throw notFound(id);
      await transaction.update('experiments', id, { ...row, lifecycle_stage: stage, last_update_time: now() });
      for (const run of await transaction.scan('runs')) {
        if (run.experiment_id === id)
          await transaction.update('runs', run.run_uuid, { ...run, lifecycle_stage: stage });
      }
      return {};
    }),
});

export const deleteExperiment = moveTo('deleted');
export const restoreExperiment = moveTo('active');
