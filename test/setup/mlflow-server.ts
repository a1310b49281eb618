import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PythonPart, pythonWith } from './environment.ts';
import { obeyingPermissions } from './obeying-permissions.ts';
import { type ServerCommand, startServer } from './server.ts';
import { onSmallDisk } from './small-disk.ts';

export type MlflowPart = Extract<PythonPart, `mlflow${string}`>;

export interface RealMlflowOptions {
  /** The release. Default: the platform's. */
  readonly part?: MlflowPart;
  /** `--static-prefix`, such as `/mlflow`, as the platform runs it. */
  readonly staticPrefix?: string;
  readonly allowedHosts?: readonly string[];
  /** Default: an SQLite file. */
  readonly backendStoreUri?: string;
  /** An S3 store; without one the artifacts are stored in a folder. */
  readonly artifactStore?: { readonly endpoint: string; readonly bucket: string };
  /** False: `--no-serve-artifacts`. */
  readonly servesArtifacts?: boolean;
  /** `--artifacts-only`: it serves nothing else. */
  readonly artifactsOnly?: boolean;
  /** `--default-artifact-root`, where it tells its clients to put artifacts. Default: itself. */
  readonly artifactRoot?: string;
  /** `--enable-workspaces`. Needs a release that has them. */
  readonly workspaces?: boolean;
  /** The artifacts' folder is on a separate, full disk. Needs the part `small-disk`. */
  readonly artifactDiskFull?: boolean;
  /** `--app-name basic-auth`. */
  readonly basicAuth?: boolean;
}

export interface RealMlflow {
  readonly url: string;
  readonly port: number;
  readonly python: string;
  /** The artifacts' folder, if one is used. The server obeys its permissions even as root. */
  readonly artifactsFolder: string;
  /** The SQLite file. */
  readonly databaseFile: string;
  /** Accepts connections but answers nothing until resumed. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

interface Places {
  readonly folder: string;
  readonly artifactsFolder: string;
  readonly databaseFile: string;
}

/** One worker, telemetry off. */
export const mlflowCommand = (python: string, options: RealMlflowOptions, places: Places): ServerCommand => {
  const { part = 'mlflow', staticPrefix = '', artifactStore, basicAuth = false } = options;
  const { folder, artifactsFolder, databaseFile } = places;
  return {
    command: [
      ...obeyingPermissions(),
      ...(options.artifactDiskFull === true ? onFullDisk(artifactsFolder) : []),
      ...[python, '-m', 'mlflow', 'server'],
    ],
    readyPath: `${staticPrefix}/health`,
    args: (port) => [
      ...['--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
      ...(options.artifactsOnly === true
        ? ['--artifacts-only']
        : ['--backend-store-uri', options.backendStoreUri ?? `sqlite:///${databaseFile}`]),
      ...['--artifacts-destination', artifactStore === undefined ? artifactsFolder : `s3://${artifactStore.bucket}`],
      ...(options.servesArtifacts === false
        ? ['--no-serve-artifacts', '--default-artifact-root', artifactsFolder]
        : []),
      ...(options.artifactRoot === undefined ? [] : ['--default-artifact-root', options.artifactRoot]),
      ...(options.workspaces === true ? ['--enable-workspaces'] : []),
      ...(part === 'mlflow-2' ? [] : ['--allowed-hosts', (options.allowedHosts ?? anyLoopback).join(',')]),
      ...(staticPrefix === '' ? [] : ['--static-prefix', staticPrefix]),
      ...(basicAuth ? ['--app-name', 'basic-auth'] : []),
    ],
    env: {
      MLFLOW_DISABLE_TELEMETRY: 'true',
      DO_NOT_TRACK: 'true',
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
      ...(basicAuth
        ? { MLFLOW_AUTH_CONFIG_PATH: join(folder, 'auth.ini'), MLFLOW_FLASK_SERVER_SECRET_KEY: 'hk_test_flask' }
        : {}),
      ...(artifactStore === undefined ? {} : credentialsOf(artifactStore.endpoint)),
    },
  };
};

/** Takes 5 to 20 s. */
export const startRealMlflow = async (options: RealMlflowOptions = {}): Promise<RealMlflow> => {
  const folder = await mkdtemp(join(tmpdir(), 'hokusai-mlflow-'));
  const artifactsFolder = join(folder, 'artifacts');
  const databaseFile = join(folder, 'mlflow.db');
  await mkdir(artifactsFolder);
  if (options.basicAuth === true) await writeFile(join(folder, 'auth.ini'), accounts(folder));
  const python = await pythonWith(options.part ?? 'mlflow');
  const start = startServer(mlflowCommand(python, options, { folder, artifactsFolder, databaseFile }));
  const { url, port, group, close } = await start.catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    url,
    port,
    python,
    artifactsFolder,
    databaseFile,
    pause: group.pause,
    resume: group.resume,
    close: async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const anyLoopback = ['localhost:*', '127.0.0.1:*'];

/** A disk with room for folders, but not for a single byte in a file. */
const onFullDisk = (folder: string): readonly string[] => [
  ...onSmallDisk(folder, 'size=64k'),
  ...['/bin/sh', '-c', 'cat /dev/zero > "$0/ballast" 2>/dev/null; exec "$@"', folder],
];

/** An account database of its own, with accounts that no client here uses. */
const accounts = (folder: string): string =>
  [
    '[mlflow]',
    'default_permission = READ',
    `database_uri = sqlite:///${join(folder, 'auth.db')}`,
    'admin_username = admin',
    'admin_password = hk_test_admin_password',
    'authorization_function = mlflow.server.auth:authenticate_request_basic_auth',
    '',
  ].join('\n');

const credentialsOf = (endpoint: string): Readonly<Record<string, string>> => ({
  MLFLOW_S3_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'y',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
});
