import { pythonWith } from './environment.ts';
import { startServer } from './server.ts';

export interface RealMlflowOptions {
  /** `--static-prefix`, such as `/mlflow`, as the platform runs it. */
  readonly staticPrefix?: string;
  readonly allowedHosts?: readonly string[];
  /** An S3; without one the artifacts lie in a folder. */
  readonly artifactStore?: { readonly endpoint: string; readonly bucket: string };
  readonly extraArgs?: readonly string[];
}

export interface RealMlflow {
  readonly url: string;
  readonly port: number;
  /** Accepts connections and answers nothing until it is resumed. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

/** One worker, a database in SQLite, telemetry off. Takes 5 to 20 s. */
export const startRealMlflow = async ({
  staticPrefix = '',
  allowedHosts = ['localhost:*', '127.0.0.1:*'],
  artifactStore,
  extraArgs = [],
}: RealMlflowOptions = {}): Promise<RealMlflow> => {
  const { url, port, group, close } = await startServer({
    python: await pythonWith('mlflow'),
    readyPath: `${staticPrefix}/health`,
    args: (onPort, folder) => [
      ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(onPort), '--workers', '1'],
      ...['--backend-store-uri', `sqlite:///${folder}/mlflow.db`],
      ...[
        '--artifacts-destination',
        artifactStore === undefined ? `${folder}/artifacts` : `s3://${artifactStore.bucket}`,
      ],
      ...['--allowed-hosts', allowedHosts.join(',')],
      ...(staticPrefix === '' ? [] : ['--static-prefix', staticPrefix]),
      ...extraArgs,
    ],
    env: {
      MLFLOW_DISABLE_TELEMETRY: 'true',
      DO_NOT_TRACK: 'true',
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
      ...(artifactStore === undefined
        ? {}
        : {
            MLFLOW_S3_ENDPOINT_URL: artifactStore.endpoint,
            AWS_ACCESS_KEY_ID: 'x',
            AWS_SECRET_ACCESS_KEY: 'y',
            AWS_DEFAULT_REGION: 'us-east-1',
            AWS_EC2_METADATA_DISABLED: 'true',
          }),
    },
  });
  return { url, port, pause: group.pause, resume: group.resume, close };
};
