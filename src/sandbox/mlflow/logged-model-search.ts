import { array, type Endpoint, int, optional, unlessEmpty } from './endpoint.ts';
import { invalid } from './errors.ts';
import type { JsonObject } from './json.ts';
import { viewLoggedModel } from './logged-models.ts';
import { by, type Lookup, matches, pageFrom, parseFilter } from './search.ts';
import type { LoggedModel } from './tables.ts';

/** Default page size, also when 0 is requested. MLflow sets no upper limit. */
const defaultPage = 100;

const attributes = ['name', 'model_id', 'model_type', 'status', 'source_run_id'];

const lookup =
  (model: LoggedModel): Lookup =>
  (entity, key) => {
    if (entity === 'tag') return model.tags.find((each) => each.key === key)?.value;
    if (entity === 'param') return model.params.find((each) => each.key === key)?.value;
    const { name, model_id, model_type, status, source_run_id } = model;
    return { name, model_id, model_type, status, source_run_id }[key];
  };

/** Unlike the tokens of other searches, these are valid only for the search that issued them. */
const tokenOf = (experiment_ids: readonly string[], filter: string): JsonObject => ({
  experiment_ids,
  filter_string: filter === '' ? null : filter,
  order_by: null,
});

const checkToken = (found: JsonObject, experiment_ids: readonly string[], filter: string): void => {
  const wanted = tokenOf(experiment_ids, filter);
  if (JSON.stringify(found['experiment_ids']) !== JSON.stringify(experiment_ids))
    throw invalid('Experiment IDs in the page token do not match the requested experiment IDs.');
  if (found['filter_string'] !== wanted['filter_string'])
    throw invalid('Filter string in the page token does not match the requested filter string.');
};

/** Newest first, without deleted ones (mlflow/store/tracking/sqlalchemy_store.py, `search_logged_models`). */
export const searchLoggedModels: Endpoint = {
  parameters: [
    array('experiment_ids', true),
    optional('filter'),
    int('max_results'),
    array('order_by'),
    optional('page_token'),
  ],
  answer: async ({ tracking }, parameters) => {
    const experiments = parameters.list('experiment_ids').map(String);
    const filter = parameters.text('filter');
    const clauses = parseFilter(filter, attributes);
    const all = await tracking.read((transaction) => transaction.scan('logged_models'));
    const rows = all
      .filter((model) => model.lifecycle_stage === 'active' && experiments.includes(model.experiment_id))
      .filter((model) => matches(clauses, lookup(model)))
      .sort(by([(model) => model.creation_timestamp_ms, 'DESC'], [(model) => model.model_id]));
    const { page, next } = pageFrom(rows, parameters.int('max_results') || defaultPage, parameters.text('page_token'), {
      content: tokenOf(experiments, filter),
      check: (found) => checkToken(found, experiments, filter),
    });
    return { ...unlessEmpty('models', page.map(viewLoggedModel)), ...next };
  },
};
