import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What the official Python client finds on an MLflow server. */
export interface Inspection {
  readonly models: readonly string[];
  readonly versions: number;
  /** Without deleted ones. */
  readonly runs: readonly string[];
  readonly loggedModels: readonly string[];
  /** The inspected models, if an alias was given. */
  readonly looked: readonly InspectedModel[];
}

interface InspectedModel {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly versionByAlias: string;
  readonly versions: readonly {
    readonly version: string;
    readonly status: string;
    readonly source: string;
    readonly runId: string;
    readonly tags: Readonly<Record<string, string>>;
    /** SHA-256 by path. */
    readonly files: Readonly<Record<string, string>>;
  }[];
  readonly run: {
    readonly id: string;
    readonly status: string;
    readonly params: Readonly<Record<string, string>>;
    readonly metrics: Readonly<Record<string, number>>;
    readonly tags: Readonly<Record<string, string>>;
  };
}

const script = join(import.meta.dirname, 'inspect_mlflow.py');
/** Starting the client takes 2 to 4 s. */
const limitMs = 180_000;

/**
 * Runs the official client in its own process and blocks this one meanwhile, so nothing here changes while the client
 * looks at the server.
 *
 * @param python an interpreter that has `mlflow-skinny`.
 * @param alias to inspect each model through; every model must have it.
 */
export const inspectWithPythonClient = (
  { url, python }: { readonly url: string; readonly python: string },
  alias?: string,
): Inspection => {
  const args = [script, url, ...(alias === undefined ? [] : [alias])];
  const output = execFileSync(python, args, {
    timeout: limitMs,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NO_PROXY: '127.0.0.1,localhost',
      MLFLOW_DISABLE_TELEMETRY: 'true',
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
      MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: 'false',
      GIT_PYTHON_REFRESH: 'quiet',
    },
  });
  return JSON.parse(output) as Inspection;
};
