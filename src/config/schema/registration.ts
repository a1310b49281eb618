import * as v from 'valibot';
import type { Format } from '../format.ts';
import { url } from './url.ts';
import { key, matching, text } from './value.ts';

/** The flow appends paths and queries to it. */
const way = v.pipe(
  url,
  v.check((text) => !/[?#]/.test(text), 'url-bare' satisfies Format),
);

export const registration = v.strictObject({
  enabled: key(v.boolean(), 'Whether the model-registration flow runs. Default: true.'),
  modelPrefix: key(
    // The flow deletes models with this prefix: an empty one would match every model.
    matching(/^[A-Za-z0-9][A-Za-z0-9._-]{2,99}$/, 'model-prefix'),
    'Prefix of every model that the flow creates and deletes. Default: hokusai-synthetics.',
  ),
  experiment: key(
    v.pipe(text(250), v.regex(/\S/, 'experiment' satisfies Format)),
    'Experiment that the flow writes to. Default: hokusai-synthetics.',
  ),
  workspace: key(
    // MLflow's own rule for names (mlflow/store/workspace/abstract_store.py, 3.17.2).
    matching(/^(?!(?:workspaces|api|ajax-api|static-files)$)[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/, 'workspace'),
    'MLflow workspace, sent with every request of the flow as X-MLFLOW-WORKSPACE. Default: none, so the server chooses.',
  ),
  through: key(
    way,
    'Base URL that users go through, with /api/2.0/mlflow/* below it. Default: /api/mlflow on the registry host.',
  ),
  cleanupThrough: key(
    v.pipe(v.array(way), v.maxLength(10)),
    'Base URLs to delete through when the one above cannot, tried in this order. Default: /mlflow/ajax-api/2.0/mlflow on its host.',
  ),
});

export type RegistrationSection = v.InferOutput<typeof registration>;
