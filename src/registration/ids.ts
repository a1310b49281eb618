import { phrase } from '../raw/raw.ts';
import type { RawJson } from '../raw/raw-json.ts';
import { Segment } from '../raw/segment.ts';
import type { MlflowClient, MlflowResponse } from './mlflow-client.ts';

/** What MLflow accepts as an id (mlflow/utils/validation.py, 3.9.0), and how it counts versions. */
const forms = {
  run_id: /^[A-Za-z0-9][\w-]{0,255}$/,
  experiment_id: /^[A-Za-z0-9][\w-]{0,63}$/,
  // Of a logged model MLflow checks no form. All of its stores begin it so, and its clients know it by that.
  model_id: /^m-[\w-]{1,253}$/,
  version: /^\d{1,10}$/,
} as const;
type IdField = keyof typeof forms;

/** Null: there is none, or nothing that MLflow would call so. */
export const idIn = (row: RawJson, field: IdField): Segment | null => Segment.read(row.text(field), forms[field]);

/** The id that an answer must have. Nothing is asked with another text in its place. */
export const requireId = (client: MlflowClient, reply: MlflowResponse, row: RawJson, field: IdField): Segment => {
  const id = idIn(row, field);
  if (id !== null) return id;
  const said = row.text(field);
  throw client.reject(
    reply,
    'unexpected-body',
    said.is('') ? `the answer has no ${field}` : phrase`the ${field} in the answer is refused: ${said}`,
  );
};
