import { array, type Endpoint, int, optional, required, unlessEmpty } from './endpoint.ts';
import { MlflowError } from './errors.ts';
import type { Json } from './json.ts';
import { findModel, findVersions, versionKey, viewVersion } from './registry-rows.ts';
import { by, matches, paged, parseFilter } from './search.ts';
import { isSqlError, keyOf, type Transaction } from './store.ts';
import { type RegisteredModel, upserted } from './tables.ts';

const view = async (transaction: Transaction, model: RegisteredModel): Promise<Json> => {
  const [latest] = await findVersions(transaction, model.name);
  const all = await transaction.scan('registered_model_aliases');
  const aliases = all.filter((each) => each.name === model.name);
  return {
    name: model.name,
    creation_timestamp: model.creation_time,
    last_updated_timestamp: model.last_updated_time,
    ...(model.description === '' ? {} : { description: model.description }),
    ...unlessEmpty('latest_versions', latest === undefined ? [] : [viewVersion(latest, aliases)]),
    ...unlessEmpty('tags', model.tags),
    ...unlessEmpty(
      'aliases',
      aliases.map(({ alias, version }) => ({ alias, version: String(version) })),
    ),
  };
};

export const createRegisteredModel: Endpoint = {
  parameters: [required('name'), array('tags'), optional('description')],
  answer: ({ registry, now }, parameters) =>
    registry.write(async (transaction) => {
      const name = parameters.text('name');
      const model: RegisteredModel = {
        name,
        creation_time: now(),
        last_updated_time: now(),
        description: parameters.text('description'),
        tags: upserted([], parameters.pairs('tags')),
      };
      try {
        await transaction.insert('registered_models', name, model);
      } catch (error) {
        if (!isSqlError(error, 'UniqueViolation')) throw error;
        throw new MlflowError('RESOURCE_ALREADY_EXISTS', `Registered Model (name=${name}) already exists.`);
      }
      return { registered_model: await view(transaction, model) };
    }),
};

export const getRegisteredModel: Endpoint = {
  parameters: [required('name')],
  answer: ({ registry }, parameters) =>
    registry.read(async (transaction) => ({
      registered_model: await view(transaction, await findModel(transaction, parameters.text('name'))),
    })),
};

export const searchRegisteredModels: Endpoint = {
  parameters: [optional('filter'), int('max_results', 1_000), array('order_by'), optional('page_token')],
  answer: ({ registry }, parameters) => {
    const clauses = parseFilter(parameters.text('filter'), ['name']);
    return registry.read(async (transaction) => {
      const all = await transaction.scan('registered_models');
      const rows = all
        .filter((model) =>
          matches(clauses, (entity, key) =>
            entity === 'tag' ? model.tags.find((tag) => tag.key === key)?.value : model.name,
          ),
        )
        .sort(by([(model) => model.name]));
      const { page, next } = paged(rows, parameters.int('max_results') ?? 100, parameters.text('page_token'));
      const models: Json[] = [];
      for (const model of page) models.push(await view(transaction, model));
      return { ...unlessEmpty('registered_models', models), ...next };
    });
  },
};

/** Deletes the model permanently, with its versions and aliases. */
export const deleteRegisteredModel: Endpoint = {
  parameters: [required('name')],
  answer: ({ registry }, parameters) =>
    registry.write(async (transaction) => {
      const { name } = await findModel(transaction, parameters.text('name'));
      for (const version of await transaction.scan('model_versions')) {
        if (version.name === name) await transaction.delete('model_versions', versionKey(name, version.version));
      }
      for (const each of await transaction.scan('registered_model_aliases')) {
        if (each.name === name) await transaction.delete('registered_model_aliases', keyOf(name, each.alias));
      }
      await transaction.delete('registered_models', name);
      return {};
    }),
};
