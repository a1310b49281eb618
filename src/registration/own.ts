import { paths } from '../platform/hops.ts';
import { phrase, type Raw } from '../raw/raw.ts';
import type { RawJson } from '../raw/raw-json.ts';
import type { Segment } from '../raw/segment.ts';
import { type ArtifactPath, api } from './addresses.ts';
import { folderOf, type ProxiedFiles, type RemoteFiles, readArtifactUri } from './artifact-uri.ts';
import { OutOfReach } from './failure.ts';
import { readWritten } from './lagging.ts';
import type { MlflowClient, MlflowResponse } from './mlflow-client.ts';
import type { FlowState } from './state.ts';
import { isOfFlow } from './tags.ts';

/** Something that this flow made, as MLflow just described it. */
export interface Own {
  readonly id: Segment;
  readonly info: RawJson;
  readonly reply: MlflowResponse;
}

/**
 * The run with this id, read again from MLflow. A stale proxy or a registry bug could name another user's run; the flow
 * would then write to it, and overwrite and delete its files.
 */
export const ownRun = (flow: FlowState, client: MlflowClient, id: Segment): Promise<Own> =>
  readWritten(client, () => readRun(flow, client, id));

const readRun = async (flow: FlowState, client: MlflowClient, id: Segment): Promise<Own> => {
  const reply = await client.ask({ method: 'GET', place: api(flow, 'runs/get'), query: { run_id: id } });
  const run = reply.json.object('run');
  const info = run.object('info');
  if (!info.text('run_id').equals(id) || !isOfFlow(flow.id)(run.object('data')))
    throw client.reject(reply, 'unexpected-body', phrase`run ${id} does not carry this flow's tag`);
  return { id, info, reply };
};

/** The logged model with this id, read again for the same reason. */
export const ownLoggedModel = (flow: FlowState, client: MlflowClient, id: Segment): Promise<Own> =>
  readWritten(client, () => readLoggedModel(flow, client, id));

const readLoggedModel = async (flow: FlowState, client: MlflowClient, id: Segment): Promise<Own> => {
  const reply = await client.ask({ method: 'GET', place: api(flow, 'logged-models', id) });
  const info = reply.json.object('model').object('info');
  if (!info.text('model_id').equals(id) || !isOfFlow(flow.id)(info))
    throw client.reject(reply, 'unexpected-body', phrase`logged model ${id} does not carry this flow's tag`);
  return { id, info, reply };
};

/**
 * Where the files of something that this flow made are.
 * @param isOwn whether a path belongs to it; nothing else is written or read
 */
export const filesAt = (
  { ways }: FlowState,
  client: MlflowClient,
  { uri, reply }: { readonly uri: Raw; readonly reply: MlflowResponse },
  isOwn: (path: ArtifactPath) => boolean,
): RemoteFiles => {
  const place = readArtifactUri(uri, ways);
  if (place.kind === 'local') {
    const why = phrase`MLflow does not proxy artifacts: they are at ${uri}`;
    throw client.reject(reply, 'artifact-store-error', why, { hops: paths.proxyToArtifacts });
  }
  if (place.kind !== 'refused' && (place.path === null || isOwn(place.path))) return place;
  throw client.reject(reply, 'unexpected-body', phrase`the artifact_uri in the response is refused: ${uri}`);
};

export const filesOf = (flow: FlowState, client: MlflowClient, { id, info, reply }: Own): RemoteFiles =>
  filesAt(flow, client, { uri: info.text('artifact_uri'), reply }, (path) => folderOf(path, id) !== null);

/** @throws OutOfReach */
export const reached = (client: MlflowClient, files: RemoteFiles): ProxiedFiles => {
  if (files.kind === 'proxied') return files;
  throw new OutOfReach(files.status, client.keep(files.why, 'summary'));
};
