import type { Backend } from './endpoint.ts';
import { invalid, MlflowError } from './errors.ts';
import { unquote } from './http.ts';
import { readLoggedModel } from './logged-models.ts';
import { findVersion, versionNumber } from './registry-rows.ts';

export interface ResolvedSource {
  readonly location: string;
  /** The run that created the logged model, if the source is one. */
  readonly runId: string;
}

const relative = (source: string): MlflowError =>
  invalid(
    `Invalid model version source: '${source}'. If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references present. Please provide an absolute path.`,
  );

/**
 * Where the files of a model version are. The target of a `models:/` URI must exist; other locations are not checked.
 * When it cannot be resolved, the response is a 500 for any reason, even for a database's 503.
 *
 * @param by the parameter that a local path would need.
 */
export const resolveSource = async (
  { tracking, registry }: Backend,
  source: string,
  by: 'run_id' | 'model_id',
): Promise<ResolvedSource> => {
  if (!/^[a-z][\w+.-]*:/i.test(source)) {
    throw invalid(
      `Invalid model version source: '${source}'. To use a local path as a model version source, the ${by} request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the ${by}.`,
    );
  }
  if (unquote(source).split('/').includes('..')) throw relative(source);
  if (!source.startsWith('models:/')) return { location: source, runId: '' };
  const [name = '', version] = source.slice('models:/'.length).split('/');
  try {
    if (version === undefined) {
      const model = await tracking.read((transaction) => readLoggedModel(transaction, name));
      return { location: model.artifact_location, runId: model.source_run_id };
    }
    const row = await registry.read((transaction) => findVersion(transaction, name, versionNumber(version)));
    return { location: row.storage_location, runId: '' };
  } catch (error) {
    if (!(error instanceof MlflowError)) throw error;
    throw new MlflowError(
      'INTERNAL_ERROR',
      `Unable to fetch model from model URI source artifact location '${source}'.Error: ${error.message}`,
    );
  }
};
