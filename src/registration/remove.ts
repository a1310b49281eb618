import type { JsonObject } from '../classify/json.ts';
import { paths } from '../platform/hops.ts';
import type { AttemptOutcome, Made } from '../platform/report.ts';
import { api, artifact, artifactPath } from './addresses.ts';
import { StepFailure } from './failure.ts';
import { listIn, objectIn, textIn } from './json.ts';
import type { Ways } from './state.ts';
import type { Call, Reply, Talk } from './talk.ts';

/** What is deleted with, and what came of it. Whatever fails, the rest is tried. */
export interface Removal {
  readonly talk: Talk;
  readonly ways: Ways;
  /** The base of deletions whose parameters are in a body. */
  readonly deletesThrough: string;
  readonly removed: Made[];
  readonly left: Made[];
  /** The first failing answer. */
  failure: AttemptOutcome | null;
}

/** True when MLflow's own row, of a registered model or of a run, says that it is one that may be deleted. */
export type Guard = (row: JsonObject) => boolean;

export const newRemoval = (talk: Talk, ways: Ways, deletesThrough: string): Removal => ({
  talk,
  ways,
  deletesThrough,
  removed: [],
  left: [],
  failure: null,
});

const gone = ['RESOURCE_DOES_NOT_EXIST'] as const;

/** An answer, or null when it failed, which is noted. */
const tryTo = async (removal: Removal, call: Call): Promise<Reply | null> => {
  const reply = await removal.talk.attempt(call);
  if (!(reply instanceof StepFailure)) return reply;
  removal.failure ??= reply.outcome;
  return null;
};

const removeOne = async (removal: Removal, made: Made, call: Call): Promise<boolean> => {
  const reply = await tryTo(removal, call);
  (reply === null ? removal.left : removal.removed).push(made);
  return reply !== null;
};

const deletion = ({ deletesThrough, ways }: Removal, path: string, json: unknown): Call => ({
  method: 'DELETE',
  url: `${deletesThrough}/${path}`,
  json,
  hops: deletesThrough.startsWith(ways.through) ? paths.proxyToDatabase : paths.mlflowToDatabase,
});

/** The row of a model that may be deleted; null: there is none, or it is not ours, or it could not be read. */
const readModel = async (removal: Removal, name: string, isOurs: Guard): Promise<JsonObject | null | 'unread'> => {
  const url = api(removal, 'registered-models/get');
  const reply = await tryTo(removal, { method: 'GET', url, query: { name }, accepts: gone });
  if (reply === null) return 'unread';
  const row = objectIn(reply.json, 'registered_model');
  return reply.errorCode === null && textIn(row, 'name') === name && isOurs(row) ? row : null;
};

/** A registered model with its aliases and versions, in that order; read again before each kind of deletion. False: there is none of ours. */
export const removeModel = async (removal: Removal, name: string, isOurs: Guard): Promise<boolean> => {
  const row = await readModel(removal, name, isOurs);
  if (row === 'unread') removal.left.push({ thing: 'registered-model', id: name });
  if (row === null || row === 'unread') return row === 'unread';
  for (const alias of listIn(row, 'aliases').map((one) => textIn(one, 'alias')))
    await removeOne(
      removal,
      { thing: 'alias', id: `${name}@${alias}` },
      {
        ...deletion(removal, 'registered-models/alias', { name, alias }),
        accepts: [...gone, 'INVALID_PARAMETER_VALUE'],
      },
    );
  const query = { filter: `name='${name}'` };
  const search = await tryTo(removal, { method: 'GET', url: api(removal, 'model-versions/search'), query });
  for (const version of listIn(search?.json ?? {}, 'model_versions').map((one) => textIn(one, 'version')))
    await removeOne(
      removal,
      { thing: 'model-version', id: `${name}/${version}` },
      {
        ...deletion(removal, 'model-versions/delete', { name, version }),
        accepts: gone,
      },
    );
  const again = await readModel(removal, name, isOurs);
  const model: Made = { thing: 'registered-model', id: name };
  if (again === 'unread') removal.left.push(model);
  else if (again !== null)
    await removeOne(removal, model, { ...deletion(removal, 'registered-models/delete', { name }), accepts: gone });
  return true;
};

/**
 * A run with what it logged: artifacts, logged models, and the run itself last, for it leads to the others. False: there is none of ours.
 * Where nothing was uploaded the artifact store is not asked, so that one that fails does not make runs pile up.
 */
export const removeRun = async (
  removal: Removal,
  runId: string,
  isOurs: Guard,
  { uploaded }: { readonly uploaded: boolean },
): Promise<boolean> => {
  const made: Made = { thing: 'run', id: runId };
  const reply = await tryTo(removal, {
    method: 'GET',
    url: api(removal, 'runs/get'),
    query: { run_id: runId },
    accepts: gone,
  });
  if (reply === null) {
    removal.left.push(made);
    return true;
  }
  const run = objectIn(reply.json, 'run');
  const info = objectIn(run, 'info');
  const isDeleted = textIn(info, 'lifecycle_stage') === 'deleted';
  if (reply.errorCode !== null || isDeleted || textIn(info, 'run_id') !== runId || !isOurs(run)) return false;

  const before = removal.left.length;
  if (uploaded) await removeArtifacts(removal, { thing: 'run-artifacts', id: runId }, textIn(info, 'artifact_uri'));
  for (const model of await loggedModelsOf(removal, runId, textIn(info, 'experiment_id'))) {
    const modelId = textIn(model, 'model_id');
    if (uploaded)
      await removeArtifacts(removal, { thing: 'model-artifacts', id: modelId }, textIn(model, 'artifact_uri'));
    const url = api(removal, `logged-models/${encodeURIComponent(modelId)}`);
    await removeOne(removal, { thing: 'logged-model', id: modelId }, { method: 'DELETE', url, accepts: gone });
  }
  // While something that only the run leads to is there, the run stays, for the next sweep to find it by.
  if (removal.left.length > before) removal.left.push(made);
  else await removeOne(removal, made, { method: 'POST', url: api(removal, 'runs/delete'), json: { run_id: runId } });
  return true;
};

/** None on a server older than MLflow 3, which knows no such route. */
const loggedModelsOf = async (
  removal: Removal,
  runId: string,
  experimentId: string,
): Promise<readonly JsonObject[]> => {
  const reply = await removal.talk.attempt({
    method: 'POST',
    url: api(removal, 'logged-models/search'),
    json: { experiment_ids: [experimentId], filter: `source_run_id = '${runId}'` },
  });
  if (!(reply instanceof StepFailure)) {
    const models = listIn(reply.json, 'models').map((model) => objectIn(model, 'info'));
    return models.filter((info) => textIn(info, 'source_run_id') === runId);
  }
  const { failureMode, answeredBy } = reply.outcome;
  if (failureMode !== 'route-not-found' || answeredBy !== 'mlflow') {
    removal.failure ??= reply.outcome;
    removal.left.push({ thing: 'logged-model', id: `of run ${runId}` });
  }
  return [];
};

/**
 * The whole folder of a run or logged model, where there is anything in it, and where it is that one's own by its name.
 * S3 refuses single files within an answer of success, and MLflow passes that on as success: so it is looked again.
 */
const removeArtifacts = async (removal: Removal, made: Made, uri: string): Promise<void> => {
  const path = artifactPath(uri);
  const folder = path?.replace(/\/artifacts$/, '') ?? '';
  if (path === null || folder.split('/').at(-1) !== made.id) return;
  const hops = paths.proxyToArtifacts;
  const list: Call = { method: 'GET', url: artifact(removal), query: { path }, hops };
  const before = await tryTo(removal, list);
  if (before !== null && listIn(before.json, 'files').length === 0) return;
  const deleted =
    before && (await tryTo(removal, { method: 'DELETE', url: artifact(removal, folder), hops, expects: 'bytes' }));
  const after = deleted && (await tryTo(removal, list));
  if (after !== null && listIn(after.json, 'files').length === 0) {
    removal.removed.push(made);
    return;
  }
  if (after !== null)
    removal.failure ??= removal.talk.reject(
      after,
      'cleanup-failed',
      'artifacts are still there after their deletion was answered with success',
      list,
    ).outcome;
  removal.left.push(made);
};
