import { paths } from '../../platform/hops.ts';
import { phrase, type Raw } from '../../raw/raw.ts';
import { Segment } from '../../raw/segment.ts';
import { type ArtifactPath, api, artifact } from '../addresses.ts';
import type { RemoteFiles } from '../artifact-uri.ts';
import type { MlflowClient, MlflowResponse } from '../mlflow-client.ts';
import { filesAt, ownLoggedModel, reached } from '../own.ts';
import { type FlowState, known, type Version } from '../state.ts';
import { aliasName } from './register.ts';

/** Compares each logged value. MLflow answers 200 to a bad metric and stores another number. */
export const readRun = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  const reply = await client.ask({ method: 'GET', place: api(flow, 'runs/get'), query: { run_id: known(flow.runId) } });
  const run = reply.json.object('run');
  const data = run.object('data');
  const pairs = (list: string) => (key: string) => data.pair(list, key);
  const tags = flow.tags.map(({ key, value }) => [key, value] as const);
  const wrong =
    difference('parameter', Object.entries(flow.params), pairs('params')) ??
    difference('metric', Object.entries(flow.metrics), pairs('metrics')) ??
    difference('tag', [...tags, ['synthetics_logged', flow.id]], pairs('tags')) ??
    difference('field', [['status', 'FINISHED']], (name) => run.object('info').text(name));
  if (wrong !== null) throw client.reject(reply, 'value-mismatch', phrase`the run's ${wrong}`);
};

/** The first value that differs from what was written. Null if all match. */
const difference = (
  what: string,
  written: readonly (readonly [name: string, value: string | number | Raw])[],
  read: (name: string) => Raw | null,
): Raw | null => {
  for (const [name, value] of written) {
    const found = read(name);
    const isSame =
      typeof value === 'string'
        ? found?.is(value)
        : typeof value === 'number'
          ? found?.isNumber(value)
          : found?.equals(value);
    if (isSame !== true)
      return phrase`${what} ${name} is ${found === null || found.is('') ? 'missing' : found}, not ${value}`;
  }
  return null;
};

export const readVersionByAlias = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  const reply = await client.ask({
    method: 'GET',
    place: api(flow, 'registered-models/alias'),
    query: { name: flow.model, alias: aliasName },
  });
  const found = reply.json.object('model_version');
  const { version, source } = known(flow.versions[0] ?? null);
  const wrong =
    difference('name', [['name', flow.model]], (name) => found.text(name)) ??
    difference('version', [['version', version]], (name) => found.text(name)) ??
    difference('source', [['source', source]], (name) => found.text(name));
  if (wrong !== null) throw client.reject(reply, 'value-mismatch', phrase`by its alias, the ${wrong}`);
};

/** Reads each version's files from the location in the registry. Only this proves that a version is more than a row. */
export const readArtifacts = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  if (flow.outOfReach !== null) throw flow.outOfReach;
  for (const version of flow.versions) {
    const files = reached(client, await filesOfVersion(flow, client, version));
    for (const { name, sha256 } of flow.files) {
      const reply = await client.ask({
        method: 'GET',
        place: artifact(files, [...files.path, Segment.own(name)]),
        hops: files.hops,
        expects: 'bytes',
        follows: true,
      });
      const found = reply.body.checksum;
      if (found !== sha256)
        throw client.reject(
          reply,
          'artifact-mismatch',
          phrase`${name} of version ${version.version} has ${reply.body.length} bytes with SHA-256 ${found.slice(0, 12)}…, not ${sha256.slice(0, 12)}…`,
          files,
        );
    }
  }
};

const filesOfVersion = async (flow: FlowState, client: MlflowClient, { version }: Version): Promise<RemoteFiles> => {
  const reply = await client.ask({
    method: 'GET',
    place: api(flow, 'model-versions/get-download-uri'),
    query: { name: flow.model, version },
    hops: paths.proxyToDatabase,
  });
  const uri = reply.json.text('artifact_uri');
  // A version of a logged model refers to the model, which has the location of its files.
  const model = uri.after('models:/');
  const [place, from] = model === null ? [uri, reply] : await placeOfModel(flow, client, model, reply);
  return filesAt(flow, client, { uri: place, reply: from }, (path) => isBelowOwn(flow, path));
};

/** Whether the path leads to something that this flow uploaded. Nothing else may be read. */
const isBelowOwn = ({ runId, modelId, model }: FlowState, path: ArtifactPath): boolean =>
  path.some(
    (part) =>
      (runId !== null && part.equals(runId)) ||
      (modelId !== null && part.equals(modelId)) ||
      // Some registries copy a version's files to a folder of its model, whose name is unique too.
      part.is(model),
  );

const placeOfModel = async (
  flow: FlowState,
  client: MlflowClient,
  model: Raw,
  from: MlflowResponse,
): Promise<readonly [Raw, MlflowResponse]> => {
  const { modelId } = flow;
  if (modelId === null || !model.equals(modelId))
    throw client.reject(from, 'unexpected-body', phrase`the artifact_uri in the response is refused: models:/${model}`);
  const { info, reply } = await ownLoggedModel(flow, client, modelId);
  return [info.text('artifact_uri'), reply];
};

/** Pages of a search without a row before it counts as without a result. Some stores filter after they have cut a page. */
const emptyPages = 5;

export const searchModel = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  let reply: MlflowResponse;
  let token: Readonly<Record<string, Raw>> = {};
  let pages = 0;
  do {
    reply = await client.ask({
      method: 'GET',
      place: api(flow, 'registered-models/search'),
      query: { filter: `name='${flow.model}'`, ...token },
    });
    token = { page_token: reply.json.text('next_page_token') };
    pages += 1;
  } while (
    pages < emptyPages &&
    reply.json.list('registered_models').length === 0 &&
    token['page_token']?.is('') === false
  );
  const names = reply.json.list('registered_models').map((model) => model.text('name'));
  if (names.length !== 1 || names[0]?.is(flow.model) !== true)
    throw client.reject(
      reply,
      'resource-missing',
      `a search by its name finds ${names.length === 0 ? 'no model' : `${names.length} models`}`,
    );
};
