import { array, type Endpoint, optional, required, unlessEmpty } from './endpoint.ts';
import { invalid, missing } from './errors.ts';
import { activeExperiment } from './experiments.ts';
import type { Json } from './json.ts';
import { hex } from './runs.ts';
import type { Transaction } from './store.ts';
import { type LoggedModel, upserted } from './tables.ts';

export const viewLoggedModel = (model: LoggedModel): Json => ({
  info: {
    model_id: model.model_id,
    experiment_id: model.experiment_id,
    name: model.name,
    creation_timestamp_ms: model.creation_timestamp_ms,
    last_updated_timestamp_ms: model.last_updated_timestamp_ms,
    artifact_uri: model.artifact_location,
    status: model.status,
    model_type: model.model_type,
    source_run_id: model.source_run_id,
    ...unlessEmpty('tags', model.tags),
  },
  data: unlessEmpty('params', model.params),
});

const find = async (transaction: Transaction, id: string): Promise<LoggedModel> => {
  const model = await transaction.get('logged_models', id);
  if (model === null) throw missing(`Logged model with ID '${id}' not found.`);
  return model;
};

/** Reads do not see deleted models, but changes do (measured on 3.9.0). */
export const readLoggedModel = async (transaction: Transaction, id: string): Promise<LoggedModel> => {
  const model = await find(transaction, id);
  if (model.lifecycle_stage === 'deleted') throw missing(`Logged model with ID '${id}' not found.`);
  return model;
};

/** MLflow records the registered versions of a logged model in one of its tags. */
export const noteVersion = async (
  transaction: Transaction,
  id: string,
  name: string,
  version: number,
): Promise<void> => {
  const model = await find(transaction, id);
  const noted = model.tags.find((tag) => tag.key === 'mlflow.modelVersions')?.value ?? '[]';
  const entry = `{"name": ${JSON.stringify(name)}, "version": ${version}}`;
  const value = noted === '[]' ? `[${entry}]` : `${noted.slice(0, -1)}, ${entry}]`;
  await transaction.update('logged_models', id, {
    ...model,
    tags: upserted(model.tags, [{ key: 'mlflow.modelVersions', value }]),
  });
};

const forbidden = ['/', ':', '.', '%', '"', "'"];

export const createLoggedModel: Endpoint = {
  parameters: [
    required('experiment_id'),
    optional('name'),
    optional('model_type'),
    optional('source_run_id'),
    array('params'),
    array('tags'),
  ],
  answer: ({ tracking, now }, parameters) => {
    const name = parameters.text('name');
    if (forbidden.some((each) => name.includes(each))) {
      throw invalid(
        `Invalid model name ('${name}') provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
      );
    }
    return tracking.write(async (transaction) => {
      const experiment = await activeExperiment(transaction, parameters.text('experiment_id'));
      const id = `m-${hex()}`;
      const model: LoggedModel = {
        model_id: id,
        experiment_id: experiment.experiment_id,
        name: name || `synthetic-heron-${id.slice(2, 5)}`,
        artifact_location: `${experiment.artifact_location}/models/${id}/artifacts`,
        creation_timestamp_ms: now(),
        last_updated_timestamp_ms: now(),
        status: 'LOGGED_MODEL_PENDING',
        lifecycle_stage: 'active',
        model_type: parameters.text('model_type'),
        source_run_id: parameters.text('source_run_id'),
        tags: parameters.pairs('tags'),
        params: parameters.pairs('params'),
      };
      await transaction.insert('logged_models', id, model);
      return { model: viewLoggedModel(model) };
    });
  },
};

export const getLoggedModel: Endpoint = {
  parameters: [],
  answer: async ({ tracking }, _parameters, id) => ({
    model: viewLoggedModel(await tracking.read((transaction) => readLoggedModel(transaction, id))),
  }),
};

export const finalizeLoggedModel: Endpoint = {
  parameters: [required('model_id'), { name: 'status', kind: 'enum', required: true }],
  answer: ({ tracking, now }, parameters, id) =>
    tracking.write(async (transaction) => {
      const model = await find(transaction, id);
      const changed: LoggedModel = {
        ...model,
        status: String(parameters.raw['status']),
        last_updated_timestamp_ms: now(),
      };
      await transaction.update('logged_models', id, changed);
      return { model: viewLoggedModel(changed) };
    }),
};

export const deleteLoggedModel: Endpoint = {
  parameters: [],
  answer: ({ tracking, now }, _parameters, id) =>
    tracking.write(async (transaction) => {
      const model = await find(transaction, id);
      await transaction.update('logged_models', id, {
        ...model,
        lifecycle_stage: 'deleted',
        last_updated_timestamp_ms: now(),
      });
      return {};
    }),
};
