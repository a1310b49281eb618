import { paths } from '../platform/hops.ts';
import { phrase } from '../raw/raw.ts';
import type { RawJson } from '../raw/raw-json.ts';
import type { Segment } from '../raw/segment.ts';
import { type ArtifactPath, api } from './addresses.ts';
import { folderOf, readArtifactUri } from './artifact-uri.ts';
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
export const ownRun = async (flow: FlowState, client: MlflowClient, id: Segment): Promise<Own> => {
  const reply = await client.ask({ method: 'GET', place: api(flow, 'runs/get'), query: { run_id: id } });
  const run = reply.json.object('run');
  const info = run.object('info');
  if (!info.text('run_id').equals(id) || !isOfFlow(flow.id)(run.object('data')))
    throw client.reject(reply, 'unexpected-body', phrase`run ${id} does not carry this flow's tag`);
  return { id, info, reply };
};

/** The logged model with this id, read again for the same reason. */
export const ownLoggedModel = async (flow: FlowState, client: MlflowClient, id: Segment): Promise<Own> => {
  const reply = await client.ask({ method: 'GET', place: api(flow, 'logged-models', id) });
  const info = reply.json.object('model').object('info');
  if (!info.text('model_id').equals(id) || !isOfFlow(flow.id)(info))
    throw client.reject(reply, 'unexpected-body', phrase`logged model ${id} does not carry this flow's tag`);
  return { id, info, reply };
};

/** Null if MLflow does not proxy the artifacts. Never writes to a path outside the folder of this id. */
export const artifactsOf = (client: MlflowClient, { id, info, reply }: Own): ArtifactPath | null => {
  const uri = info.text('artifact_uri');
  const place = readArtifactUri(uri);
  if (place.kind === 'elsewhere') return null;
  if (place.kind === 'proxied' && folderOf(place.path, id) !== null) return place.path;
  throw client.reject(reply, 'unexpected-body', phrase`the artifact_uri in the response is refused: ${uri}`);
};

/** A real client would go to the store directly, with credentials that a prober does not have. */
export const artifactsOfRun = (client: MlflowClient, run: Own): ArtifactPath => {
  const path = artifactsOf(client, run);
  if (path !== null) return path;
  const why = phrase`MLflow does not proxy artifacts: the run's are at ${run.info.text('artifact_uri')}`;
  throw client.reject(run.reply, 'artifact-store-error', why, { hops: paths.proxyToArtifacts });
};
