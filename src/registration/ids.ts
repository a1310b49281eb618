import { phrase } from '../raw/raw.ts';
import type { RawJson } from '../raw/raw-json.ts';
import { Segment } from '../raw/segment.ts';
import type { MlflowClient, MlflowResponse } from './mlflow-client.ts';

/** The ids that MLflow accepts (mlflow/utils/validation.py, 3.9.0), and its version numbers. */
const forms = {
  run_id: /^[A-Za-z0-9][\w-]{0,255}$/,
  experiment_id: /^[A-Za-z0-9][\w-]{0,63}$/,
  // MLflow does not validate logged model ids. All of its stores start them with `m-`, and its clients recognise them
  // by that.
  model_id: /^m-[\w-]{1,253}$/,
  version: /^\d{1,10}$/,
} as const;
type IdField = keyof typeof forms;

/** Null if there is no id, or not in MLflow's form. */
export const idIn = (row: RawJson, field: IdField): Segment | null => Segment.read(row.text(field), forms[field]);

/** The id that a response must contain. Nothing is requested with any other text in its place. */
export const requireId = (client: MlflowClient, reply: MlflowResponse, row: RawJson, field: IdField): Segment => {
  const id = idIn(row, field);
  if (id !== null) return id;
  const said = row.text(field);
  throw client.reject(
    reply,
    'unexpected-body',
    said.is('') ? `the response has no ${field}` : phrase`the ${field} in the response is refused: ${said}`,
  );
};
