import * as v from 'valibot';
import type { Format } from '../format.ts';
import { url } from './url.ts';
import { key, matching, text } from './value.ts';

/** The flow puts its requests' paths and queries behind it. */
const way = v.pipe(
  url,
  v.check((text) => !/[?#]/.test(text), 'url-bare' satisfies Format),
);

export const registration = v.strictObject({
  enabled: key(v.boolean(), 'Whether the model-registration flow runs. Default: true.'),
  modelPrefix: key(
    // What begins with it is deleted: an empty prefix would be every model.
    matching(/^[A-Za-z0-9][A-Za-z0-9._-]{2,99}$/, 'model-prefix'),
    'Begins the name of every model that the flow makes, and deletes again. Default: hokusai-synthetics.',
  ),
  experiment: key(
    v.pipe(text(250), v.regex(/\S/, 'experiment' satisfies Format)),
    'Experiment that the flow writes to. Default: hokusai-synthetics.',
  ),
  through: key(
    way,
    'The way that users go: …/api/2.0/mlflow/* below it. Default: /api/mlflow on the host of the registry.',
  ),
  cleanupThrough: key(
    v.pipe(v.array(way), v.maxLength(10)),
    'Ways to delete by when the one above cannot, tried in this order. Default: /mlflow/ajax-api/2.0/mlflow on its host.',
  ),
});

export type RegistrationSection = v.InferOutput<typeof registration>;
