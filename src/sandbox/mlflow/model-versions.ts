import { array, type Endpoint, int, optional, required, unlessEmpty } from './endpoint.ts';
import { invalid } from './errors.ts';
import { noteVersion } from './logged-models.ts';
import { resolveSource } from './model-source.ts';
import { answerVersion, findModel, findVersion, versionKey, versionNumber, viewVersion } from './registry-rows.ts';
import { by, matches, paged, parseFilter } from './search.ts';
import type { Transaction } from './store.ts';
import { type ModelVersion, upserted } from './tables.ts';

const nextVersion = async (transaction: Transaction, name: string): Promise<number> => {
  const all = await transaction.scan('model_versions');
  return 1 + Math.max(0, ...all.filter((row) => row.name === name).map((row) => row.version));
};

export const createModelVersion: Endpoint = {
  parameters: [
    required('name'),
    required('source'),
    optional('run_id'),
    array('tags'),
    optional('run_link'),
    optional('description'),
    optional('model_id'),
  ],
  answer: async (backend, parameters) => {
    const { registry, tracking, now, newVersionStatus: status } = backend;
    const name = parameters.text('name');
    const modelId = parameters.text('model_id');
    const source = parameters.text('source');
    const { location, runId } = await resolveSource(backend, source, modelId === '' ? 'run_id' : 'model_id');
    const row = await registry.write(async (transaction): Promise<ModelVersion> => {
      const model = await findModel(transaction, name);
      const created: ModelVersion = {
        name,
        version: await nextVersion(transaction, name),
        creation_time: now(),
        last_updated_time: now(),
        description: parameters.text('description'),
        current_stage: 'None',
        source,
        storage_location: location,
        run_id: parameters.text('run_id') || runId,
        run_link: parameters.text('run_link'),
        status,
        tags: upserted([], parameters.pairs('tags')),
      };
      await transaction.insert('model_versions', versionKey(name, created.version), created);
      await transaction.update('registered_models', name, { ...model, last_updated_time: now() });
      return created;
    });
    // A separate transaction in the other store. If it fails, the version exists anyway.
    if (modelId !== '') await tracking.write((transaction) => noteVersion(transaction, modelId, name, row.version));
    return { model_version: viewVersion(row, []) };
  },
};

export const getModelVersion: Endpoint = {
  parameters: [required('name'), required('version')],
  answer: ({ registry }, parameters) => {
    const version = versionNumber(parameters.text('version'));
    return registry.read(async (transaction) =>
      answerVersion(transaction, await findVersion(transaction, parameters.text('name'), version)),
    );
  },
};

export const getDownloadUri: Endpoint = {
  parameters: [optional('name'), optional('version')],
  answer: ({ registry }, parameters) => {
    if (parameters.text('name') === '') throw invalid("Missing value for required parameter 'name'.");
    const version = versionNumber(parameters.text('version'));
    return registry.read(async (transaction) => ({
      artifact_uri: (await findVersion(transaction, parameters.text('name'), version)).storage_location,
    }));
  },
};

const attributes = ['version_number', 'run_id', 'source_path', 'name'];

export const searchModelVersions: Endpoint = {
  parameters: [optional('filter'), int('max_results', 200_000), array('order_by'), optional('page_token')],
  answer: ({ registry }, parameters) => {
    const clauses = parseFilter(parameters.text('filter'), attributes);
    return registry.read(async (transaction) => {
      const aliases = await transaction.scan('registered_model_aliases');
      const all = await transaction.scan('model_versions');
      const rows = all
        .filter((row) => row.current_stage !== 'Deleted_Internal')
        .filter((row) =>
          matches(clauses, (entity, key) => {
            if (entity === 'tag') return row.tags.find((tag) => tag.key === key)?.value;
            return { version_number: row.version, run_id: row.run_id, source_path: row.source, name: row.name }[key];
          }),
        )
        .sort(by([(row) => row.last_updated_time, 'DESC'], [(row) => row.name], [(row) => row.version, 'DESC']));
      const { page, next } = paged(rows, parameters.int('max_results') ?? 200_000, parameters.text('page_token'));
      return {
        ...unlessEmpty(
          'model_versions',
          page.map((row) => viewVersion(row, aliases)),
        ),
        ...next,
      };
    });
  },
};

/** Its number is never reused, and its aliases dangle, so they must be deleted first. */
export const deleteModelVersion: Endpoint = {
  parameters: [required('name'), required('version')],
  answer: ({ registry, now }, parameters) => {
    const version = versionNumber(parameters.text('version'));
    return registry.write(async (transaction) => {
      const row = await findVersion(transaction, parameters.text('name'), version);
      const model = await findModel(transaction, row.name);
      await transaction.update('registered_models', row.name, { ...model, last_updated_time: now() });
      await transaction.update('model_versions', versionKey(row.name, version), {
        ...row,
        current_stage: 'Deleted_Internal',
        last_updated_time: now(),
      });
      return {};
    });
  },
};
