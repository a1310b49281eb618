import type { ArtifactClient } from './artifact-client.ts';
import type { Json } from './json.ts';
import type { Parameter, Parameters } from './parameters.ts';
import type { Store } from './store.ts';
import type { VersionStatus } from './tables.ts';

/** The stores and settings that MLflow's handlers use. */
export interface Backend {
  /** Experiments, runs, logged models. */
  readonly tracking: Store;
  /** Registered models, their versions and aliases. */
  readonly registry: Store;
  /** Null: started with `--no-serve-artifacts`. */
  readonly artifacts: ArtifactClient | null;
  /** Root of the artifact locations of new experiments. */
  readonly artifactRoot: string;
  /** Status of new versions. MLflow's own stores report READY at once; one that checks versions first does not. */
  readonly newVersionStatus: VersionStatus;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A handler of MLflow's REST API, with its parameters. */
export interface Endpoint {
  readonly parameters: readonly Parameter[];
  /** @param id the last variable part of the path, or empty. @throws MlflowError. */
  readonly answer: (backend: Backend, parameters: Parameters, id: string) => Promise<Json>;
}

export const required = (name: string): Parameter => ({ name, kind: 'string', required: true });
export const optional = (name: string): Parameter => ({ name, kind: 'string' });
export const int = (name: string, max?: number): Parameter => ({
  name,
  kind: 'int',
  ...(max === undefined ? {} : { max }),
});
export const array = (name: string, need = false): Parameter => ({ name, kind: 'array', required: need });

/** Omits an empty list from a message, as protobuf does. */
export const unlessEmpty = (name: string, list: readonly Json[]): Record<string, Json> =>
  list.length === 0 ? {} : { [name]: list };
