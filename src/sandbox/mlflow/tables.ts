/** The rows of MLflow's database: its tables, with dependent data (tags, metrics) inside each row. Times are ms since 1970. */

export type KeyValue = { readonly key: string; readonly value: string };

export type Metric = {
  readonly key: string;
  /** `NaN` stands for a value that JSON numbers cannot express. */
  readonly value: number | 'NaN';
  readonly timestamp: number;
  readonly step: number;
};

type ModelOutput = { readonly model_id: string; readonly step: number };

export type LifecycleStage = 'active' | 'deleted';

export type Experiment = {
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_location: string;
  readonly lifecycle_stage: LifecycleStage;
  readonly creation_time: number;
  readonly last_update_time: number;
  readonly tags: readonly KeyValue[];
};

export type Run = {
  readonly run_uuid: string;
  readonly name: string;
  readonly user_id: string;
  readonly status: string;
  readonly start_time: number;
  readonly end_time: number | null;
  readonly lifecycle_stage: LifecycleStage;
  readonly artifact_uri: string;
  readonly experiment_id: string;
  /** The last metric of each key: highest step, then time, then value. */
  readonly metrics: readonly Metric[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
  readonly outputs: readonly ModelOutput[];
};

export type LoggedModel = {
  readonly model_id: string;
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_location: string;
  readonly creation_timestamp_ms: number;
  readonly last_updated_timestamp_ms: number;
  readonly status: string;
  readonly lifecycle_stage: LifecycleStage;
  readonly model_type: string;
  readonly source_run_id: string;
  readonly tags: readonly KeyValue[];
  readonly params: readonly KeyValue[];
};

export type RegisteredModel = {
  readonly name: string;
  readonly creation_time: number;
  readonly last_updated_time: number;
  readonly description: string;
  readonly tags: readonly KeyValue[];
};

export type VersionStatus = 'READY' | 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION';

export type ModelVersion = {
  readonly name: string;
  readonly version: number;
  readonly creation_time: number;
  readonly last_updated_time: number;
  readonly description: string;
  /** A deleted version stays as `Deleted_Internal`, so that its number is not reused. */
  readonly current_stage: 'None' | 'Deleted_Internal';
  readonly source: string;
  readonly storage_location: string;
  readonly run_id: string;
  readonly run_link: string;
  readonly status: VersionStatus;
  readonly tags: readonly KeyValue[];
};

export type Alias = { readonly name: string; readonly alias: string; readonly version: number };

export interface Tables {
  readonly experiments: Experiment;
  readonly runs: Run;
  readonly logged_models: LoggedModel;
  readonly registered_models: RegisteredModel;
  readonly model_versions: ModelVersion;
  readonly registered_model_aliases: Alias;
}

export type TableName = keyof Tables;

const present = {
  experiments: true,
  runs: true,
  logged_models: true,
  registered_models: true,
  model_versions: true,
  registered_model_aliases: true,
} as const satisfies Record<TableName, true>;

export const tableNames = Object.keys(present) as readonly TableName[];

/** Sets the given pairs and keeps the others, in order. */
export const upserted = (pairs: readonly KeyValue[], changes: readonly KeyValue[]): readonly KeyValue[] => {
  const byKey = new Map(pairs.map((pair) => [pair.key, pair]));
  for (const { key, value } of changes) byKey.set(key, { key, value });
  return [...byKey.values()];
};
