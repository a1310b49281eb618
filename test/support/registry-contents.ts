import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { RealMlflow } from '../setup/mlflow-server.ts';

/** Everything that a registry holds, except deleted runs: MLflow keeps those until its `gc`. */
export interface RegistryContents {
  readonly models: readonly string[];
  readonly versions: readonly string[];
  readonly runs: readonly string[];
  readonly loggedModels: readonly string[];
  /** Files below the artifacts' folder. */
  readonly artifacts: readonly string[];
}

export const emptyRegistry: RegistryContents = { models: [], versions: [], runs: [], loggedModels: [], artifacts: [] };

type Rows<Name extends string> = Partial<Record<Name, readonly Record<string, unknown>[]>>;

/** Asks MLflow directly, not through the platform. @throws if the response is not a success. */
export const askMlflow = async (
  { url }: Pick<RealMlflow, 'url'>,
  method: string,
  path: string,
  json?: object,
): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${url}/api/2.0/mlflow/${path}`, {
    method,
    ...(json === undefined ? {} : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
};

export const contentsOf = async (mlflow: RealMlflow): Promise<RegistryContents> => {
  const ask = <Name extends string>(method: string, path: string, json?: object): Promise<Rows<Name>> =>
    askMlflow(mlflow, method, path, json) as Promise<Rows<Name>>;
  const { experiments = [] } = await ask<'experiments'>('GET', 'experiments/search?max_results=1000&view_type=ALL');
  const experiment_ids = experiments.map(({ experiment_id }) => experiment_id);
  const { registered_models = [] } = await ask<'registered_models'>('GET', 'registered-models/search?max_results=1000');
  const { model_versions = [] } = await ask<'model_versions'>('GET', 'model-versions/search?max_results=1000');
  const { runs = [] } = await ask<'runs'>('POST', 'runs/search', { experiment_ids, max_results: 1_000 });
  const search = ask<'models'>('POST', 'logged-models/search', { experiment_ids, max_results: 1_000 });
  // MLflow 2 has none.
  const { models = [] } = await search.catch((): Rows<'models'> => ({}));
  return {
    models: registered_models.map(({ name }) => String(name)),
    versions: model_versions.map(({ name, version }) => `${name}/${version}`).sort(),
    runs: runs.map(({ info }) => String((info as Record<string, unknown>)['run_id'])).sort(),
    loggedModels: models.map(({ info }) => String((info as Record<string, unknown>)['model_id'])).sort(),
    artifacts: await filesBelow(mlflow.artifactsFolder),
  };
};

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
};
