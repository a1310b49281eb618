import { artifact, pathText } from './addresses.ts';
import { folderOf, readArtifactUri } from './artifact-uri.ts';
import type { MlflowRequest, MlflowResponse } from './mlflow-client.ts';
import type { Own } from './own.ts';
import { type Item, noteForeign, noteLeft, noteRemoved, type Removal, tryTo } from './remove.ts';

/**
 * Deletes the whole folder of a run or logged model, if MLflow proxies it and it is not empty. S3 can refuse single
 * files in a successful response, and MLflow reports success then. So the folder is listed again.
 */
export const removeArtifacts = async (
  removal: Removal,
  thing: 'run-artifacts' | 'model-artifacts',
  { id, info, reply }: Own,
): Promise<void> => {
  const item: Item = { thing, id };
  const place = readArtifactUri(info.text('artifact_uri'), removal.ways);
  if (place.kind === 'out-of-reach' || place.kind === 'local') return;
  const folder = place.kind === 'proxied' ? folderOf(place.path, id) : null;
  if (place.kind === 'refused' || folder === null)
    return noteForeign(removal, item, reply, 'has an artifact_uri that points elsewhere');
  const { hops } = place;
  const list: MlflowRequest = { method: 'GET', place: artifact(place), query: { path: pathText(place.path) }, hops };
  const isEmpty = ({ json }: MlflowResponse): boolean => json.list('files').length === 0;
  const before = await tryTo(removal, list);
  if (before !== null && isEmpty(before)) return;
  const deletion: MlflowRequest = { method: 'DELETE', place: artifact(place, folder), hops, expects: 'bytes' };
  const deleted = before && (await tryTo(removal, deletion));
  const after = deleted && (await tryTo(removal, list));
  if (after !== null && isEmpty(after)) return noteRemoved(removal, item);
  const why = 'artifacts still exist after a deletion that reported success';
  noteLeft(removal, item, after === null ? null : removal.client.reject(after, 'cleanup-failed', why, list));
};
