import { paths } from '../../platform/hops.ts';
import { api, artifact, artifactPath } from '../addresses.ts';
import { listIn, objectIn, pairsIn, textIn } from '../json.ts';
import { checksum } from '../model-files.ts';
import type { FlowState, Version } from '../state.ts';
import type { Reply, Talk } from '../talk.ts';
import { aliasName } from './register.ts';

/** What was logged, value for value: a bad metric is answered with 200 and stored as another number. */
export const readRun = async (flow: FlowState, talk: Talk): Promise<void> => {
  const reply = await talk.ask({ method: 'GET', url: api(flow, 'runs/get'), query: { run_id: flow.runId ?? '' } });
  const run = objectIn(reply.json, 'run');
  const data = objectIn(run, 'data');
  const metrics = Object.fromEntries(Object.entries(flow.metrics).map(([key, value]) => [key, String(value)]));
  const tags = Object.fromEntries(flow.tags.map(({ key, value }) => [key, value]));
  const wrong =
    difference('parameter', flow.params, pairsIn(data, 'params')) ??
    difference('metric', metrics, pairsIn(data, 'metrics')) ??
    difference('tag', { ...tags, synthetics_logged: flow.id }, pairsIn(data, 'tags')) ??
    difference('field', { status: 'FINISHED' }, { status: textIn(objectIn(run, 'info'), 'status') });
  if (wrong !== null) throw talk.reject(reply, 'value-mismatch', `the run's ${wrong}`);
};

const difference = (
  what: string,
  written: Readonly<Record<string, string>>,
  read: Readonly<Record<string, string>>,
): string | null => {
  const wrong = Object.entries(written).find(([key, value]) => read[key] !== value);
  return wrong === undefined ? null : `${what} ${wrong[0]} is ${read[wrong[0]] ?? 'missing'}, not ${wrong[1]}`;
};

export const readVersionByAlias = async (flow: FlowState, talk: Talk): Promise<void> => {
  const reply = await talk.ask({
    method: 'GET',
    url: api(flow, 'registered-models/alias'),
    query: { name: flow.model, alias: aliasName },
  });
  const found = objectIn(reply.json, 'model_version');
  const [first] = flow.versions;
  const wrong =
    difference('name', { name: flow.model }, { name: textIn(found, 'name') }) ??
    difference('version', { version: first?.version ?? '' }, { version: textIn(found, 'version') }) ??
    difference('source', { source: first?.source ?? '' }, { source: textIn(found, 'source') });
  if (wrong !== null) throw talk.reject(reply, 'value-mismatch', `by its alias, the ${wrong}`);
};

/** Each version's files, from where the registry says that they are: only this proves that a version is more than a row. */
export const readArtifacts = async (flow: FlowState, talk: Talk): Promise<void> => {
  for (const version of flow.versions) {
    const path = await pathOf(flow, talk, version);
    for (const { name, sha256 } of flow.files) {
      const reply = await talk.ask({ method: 'GET', url: artifact(flow, `${path}/${name}`), expects: 'bytes' });
      const found = checksum(reply.bytes);
      if (found !== sha256)
        throw talk.reject(
          reply,
          'artifact-mismatch',
          `${name} of version ${version.version} has ${reply.bytes.length} bytes with SHA-256 ${found.slice(0, 12)}…, not ${sha256.slice(0, 12)}…`,
        );
    }
  }
};

const pathOf = async (flow: FlowState, talk: Talk, { version }: Version): Promise<string> => {
  const reply = await talk.ask({
    method: 'GET',
    url: api(flow, 'model-versions/get-download-uri'),
    query: { name: flow.model, version },
    hops: paths.proxyToDatabase,
  });
  const uri = textIn(reply.json, 'artifact_uri');
  // A version of a logged model leads to it, and it says where its files are.
  const [place, from] = uri.startsWith('models:/') ? await placeOfModel(flow, talk, uri) : [uri, reply];
  const path = artifactPath(place);
  if (path === null)
    throw talk.reject(
      from,
      'artifact-store-error',
      `MLflow does not pass the artifacts of version ${version} on: they are at ${place}`,
    );
  return path;
};

const placeOfModel = async (flow: FlowState, talk: Talk, uri: string): Promise<readonly [string, Reply]> => {
  const reply = await talk.ask({
    method: 'GET',
    url: api(flow, `logged-models/${encodeURIComponent(uri.slice('models:/'.length))}`),
    hops: paths.proxyToDatabase,
  });
  return [textIn(objectIn(objectIn(reply.json, 'model'), 'info'), 'artifact_uri'), reply];
};

export const searchModel = async (flow: FlowState, talk: Talk): Promise<void> => {
  const reply = await talk.ask({
    method: 'GET',
    url: api(flow, 'registered-models/search'),
    query: { filter: `name='${flow.model}'` },
  });
  const names = listIn(reply.json, 'registered_models').map((model) => textIn(model, 'name'));
  if (names.length !== 1 || names[0] !== flow.model)
    throw talk.reject(
      reply,
      'resource-missing',
      `searched by its name, the model is ${names.length === 0 ? 'not found' : `one of ${names.length}`}`,
    );
};
