import { basename, extname } from 'node:path/posix';
import { type ArtifactClient, ArtifactStoreError, type StoredFile } from './artifact-client.ts';
import { unlessEmpty } from './endpoint.ts';
import { type ErrorCode, invalid, MlflowError } from './errors.ts';
import { json, type Request, type StandInResponse, unquote } from './http.ts';

/** MLflow's artifact proxy, mlflow-artifacts (mlflow/server/handlers.py; mlflow/store/artifact/s3_artifact_repo.py). */

export const notServed = (rule: string): string =>
  `Endpoint: ${rule} disabled due to the mlflow server running with \`--no-serve-artifacts\`. To enable artifacts server functionality, run \`mlflow server\` with \`--serve-artifacts\``;

const safe = (path: string): string => {
  const decoded = unquote(path);
  if (decoded.includes('#') || decoded.startsWith('/') || decoded.split('/').includes('..')) {
    throw invalid('Invalid path');
  }
  return decoded;
};

const codes: Readonly<Record<string, ErrorCode>> = {
  AccessDenied: 'PERMISSION_DENIED',
  NoSuchBucket: 'RESOURCE_DOES_NOT_EXIST',
  NoSuchKey: 'RESOURCE_DOES_NOT_EXIST',
};

/** Only a listing that the store refuses is reported as JSON. Any other failure here is a bare 500. */
const list = async (client: ArtifactClient, path: string): Promise<readonly StoredFile[]> => {
  try {
    return await client.list(path);
  } catch (error) {
    if (!(error instanceof ArtifactStoreError)) throw error;
    throw new MlflowError(
      codes[error.code] ?? 'INTERNAL_ERROR',
      `Failed to list artifacts in ${client.uri}: ${error.message}`,
    );
  }
};

export const listArtifacts = async (client: ArtifactClient, { query }: Request): Promise<StandInResponse> => {
  const files = await list(client, safe(query.get('path') ?? ''));
  return json(
    unlessEmpty(
      'files',
      files.map(({ path, size }) => ({
        path: basename(path),
        is_dir: size === null,
        // Protobuf omits a zero.
        ...(size === null || size === 0 ? {} : { file_size: size }),
      })),
    ),
  );
};

/** mlflow/utils/mime_type_utils.py, `get_text_extensions`. For others, the real server asks Python's table. */
const textExtensions =
  'txt log err cfg conf cnf cf ini properties prop hocon toml yaml yml xml json js py py3 csv tsv md rst MLmodel MLproject';

const mimeType = (path: string): string => {
  const extension = extname(path).slice(1) || basename(path);
  return textExtensions.split(' ').includes(extension) ? 'text/plain' : 'application/octet-stream';
};

export const downloadArtifact = async (
  client: ArtifactClient,
  _request: Request,
  given: string,
): Promise<StandInResponse> => {
  const path = safe(given);
  // MLflow first asks whether it is a folder, and then fails on one without a message.
  if ((await list(client, path)).length > 0) throw new Error(`${path} is a folder`);
  const content = await client.get(path).catch((error: unknown) => {
    if (!(error instanceof ArtifactStoreError)) throw error;
    throw new MlflowError(
      'INTERNAL_ERROR',
      `The following failures occurred while downloading one or more artifacts from ${client.uri}:\n##### File ${path} #####\nAn error occurred (${error.code}) when calling the HeadObject operation: ${error.message}`,
    );
  });
  return {
    status: 200,
    headers: [
      ['content-type', mimeType(path)],
      ['content-disposition', `attachment; filename=${basename(path)}`],
    ],
    content,
    chunked: true,
  };
};

export const uploadArtifact = async (
  client: ArtifactClient,
  { body }: Request,
  path: string,
): Promise<StandInResponse> => {
  await client.put(safe(path), body);
  return json({});
};

export const deleteArtifact = async (
  client: ArtifactClient,
  _request: Request,
  path: string,
): Promise<StandInResponse> => {
  await client.delete(safe(path));
  return json({});
};
