import { unlessEmpty } from './endpoint.ts';
import { invalid, missing } from './errors.ts';
import type { Json } from './json.ts';
import { by } from './search.ts';
import { keyOf, type Transaction } from './store.ts';
import type { Alias, ModelVersion, RegisteredModel } from './tables.ts';

/** How the registry's rows are looked up and shown, for models, versions and aliases alike. */

export const findModel = async (transaction: Transaction, name: string): Promise<RegisteredModel> => {
  const model = await transaction.get('registered_models', name);
  if (model === null) throw missing(`Registered Model with name=${name} not found`);
  return model;
};

export const versionKey = (name: string, version: number): string => keyOf(name, version);

export const viewVersion = (row: ModelVersion, aliases: readonly Alias[]): Json => ({
  name: row.name,
  version: String(row.version),
  creation_timestamp: row.creation_time,
  last_updated_timestamp: row.last_updated_time,
  current_stage: row.current_stage,
  description: row.description,
  source: row.source,
  run_id: row.run_id,
  status: row.status,
  ...unlessEmpty('tags', row.tags),
  run_link: row.run_link,
  ...unlessEmpty(
    'aliases',
    aliases.filter((each) => each.name === row.name && each.version === row.version).map((each) => each.alias),
  ),
});

/** @throws MlflowError for anything but a whole number, before the database is asked. */
export const versionNumber = (text: string): number => {
  if (/^-?\d+$/.test(text)) return Number(text);
  throw invalid(`Parameter 'version' must be an integer, got '${text}'.`);
};

export const findVersion = async (transaction: Transaction, name: string, version: number): Promise<ModelVersion> => {
  const row = await transaction.get('model_versions', versionKey(name, version));
  if (row === null || row.current_stage === 'Deleted_Internal') {
    throw missing(`Model Version (name=${name}, version=${version}) not found`);
  }
  return row;
};

/** All versions that are not deleted, highest first. */
export const findVersions = async (transaction: Transaction, name: string): Promise<readonly ModelVersion[]> => {
  const all = await transaction.scan('model_versions');
  return all
    .filter((row) => row.name === name && row.current_stage !== 'Deleted_Internal')
    .sort(by([(row) => row.version, 'DESC']));
};

export const answerVersion = async (transaction: Transaction, row: ModelVersion): Promise<Json> => ({
  model_version: viewVersion(row, await transaction.scan('registered_model_aliases')),
});
