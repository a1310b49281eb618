import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '../../model/limits.ts';
import type { BodyValue } from '../../raw/json-body.ts';
import { joined, phrase, Raw } from '../../raw/raw.ts';
import { Segment } from '../../raw/segment.ts';
import { api, artifact, pathText } from '../addresses.ts';
import type { ProxiedFiles } from '../artifact-uri.ts';
import { idIn, requireId } from '../ids.ts';
import { readWritten } from '../lagging.ts';
import { makeOnce } from '../lost-answer.ts';
import type { MlflowClient, MlflowResponse } from '../mlflow-client.ts';
import { filesOf, ownRun } from '../own.ts';
import { type FlowState, known, type Version } from '../state.ts';
import { isOfFlow } from '../tags.ts';

/** Must not be a name that MLflow reserves (`latest`, `v1`). */
export const aliasName = 'candidate';

/** Interval in milliseconds at which a pending version is checked. */
const lookMs = 250;

export const createRegisteredModel = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  await makeOnce(flow, client, {
    thing: 'registered-model',
    make: () =>
      client.ask({
        method: 'POST',
        place: api(flow, 'registered-models/create'),
        makes: true,
        json: { name: flow.model, tags: flow.tags, description: 'Created by a synthetic check, which deletes it.' },
      }),
    find: async () => {
      const reply = await client.ask({
        method: 'GET',
        place: api(flow, 'registered-models/get'),
        query: { name: flow.model },
        accepts: ['RESOURCE_DOES_NOT_EXIST'],
      });
      const row = reply.json.object('registered_model');
      return row.text('name').is(flow.model) && isOfFlow(flow.id)(row) ? reply : null;
    },
  });
};

/**
 * Does what MLflow 2's client does to resolve `runs:/…/model`: reads the run, lists its artifacts, and registers their
 * location.
 */
export const createVersionFromRun = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  const run = await ownRun(flow, client, known(flow.runId));
  const files = filesOf(flow, client, run);
  if (files.kind === 'proxied' && flow.outOfReach === null) await listModel(flow, client, files);
  await createVersion(flow, client, modelBelow(run.info.text('artifact_uri')), { run_id: run.id });
};

/** As MLflow's client joins them: a final slash makes no empty part. */
const modelBelow = (uri: Raw): Raw => {
  const pieces = uri.split('/');
  return joined([...(pieces.at(-1)?.is('') === true ? pieces.slice(0, -1) : pieces), Raw.from('model')], '/');
};

const listModel = async (flow: FlowState, client: MlflowClient, files: ProxiedFiles): Promise<void> => {
  const { hops } = files;
  const path = pathText([...files.path, Segment.own('model')]);
  const listing = await readWritten(client, () =>
    client.ask({ method: 'GET', place: artifact(files), query: { path }, hops }),
  );
  const listed = listing.json.list('files').map((file) => file.text('path').split('/').at(-1));
  const lacking = flow.files.find(({ name }) => !listed.some((file) => file?.is(name)));
  if (lacking === undefined) return;
  throw client.reject(listing, 'artifact-mismatch', `${lacking.name} was uploaded but is not listed`, { hops });
};

/** Registers a logged model as MLflow 3's client does. */
export const createVersionFromModel = (flow: FlowState, client: MlflowClient): Promise<void> => {
  const modelId = known(flow.modelId);
  return createVersion(flow, client, phrase`models:/${modelId}`, { model_id: modelId, run_id: known(flow.runId) });
};

const createVersion = async (
  flow: FlowState,
  client: MlflowClient,
  source: Raw,
  origin: Readonly<Record<string, BodyValue>>,
): Promise<void> => {
  const isKnown = (version: Segment): boolean => flow.versions.some((one) => one.version.equals(version));
  const { version, reply } = await makeOnce(flow, client, {
    thing: 'model-version',
    make: async () => {
      const made = await client.ask({
        method: 'POST',
        place: api(flow, 'model-versions/create'),
        makes: true,
        json: { name: flow.model, source, tags: flow.tags, ...origin },
      });
      return { version: requireId(client, made, made.json.object('model_version'), 'version'), reply: made };
    },
    find: async () => {
      const search = await client.ask({
        method: 'GET',
        place: api(flow, 'model-versions/search'),
        query: { filter: `name='${flow.model}'` },
      });
      const found = search.json
        .list('model_versions')
        .filter((row) => row.text('name').is(flow.model) && isOfFlow(flow.id)(row))
        .map((row) => idIn(row, 'version'))
        .find((one) => one !== null && !isKnown(one));
      return found === undefined || found === null ? null : { version: found, reply: search };
    },
  });
  if (isKnown(version)) throw client.reject(reply, 'value-mismatch', phrase`version ${version} was assigned twice`);
  flow.versions.push({ version, source });
};

export const awaitVersions = async (flow: FlowState, client: MlflowClient, { pendingMs }: Limits): Promise<void> => {
  const until = performance.now() + pendingMs;
  for (const version of flow.versions) {
    for (let [status, reply] = await look(flow, client, version); !status.is('READY'); ) {
      if (!status.is('PENDING_REGISTRATION') || performance.now() >= until)
        throw client.reject(
          reply,
          'version-not-ready',
          phrase`version ${version.version} is ${status.is('') ? 'without a status' : status}`,
          status.is('') ? {} : { by: 'mlflow' },
        );
      await pause(lookMs);
      [status, reply] = await look(flow, client, version);
    }
  }
};

const look = async (
  flow: FlowState,
  client: MlflowClient,
  { version }: Version,
): Promise<readonly [Raw, MlflowResponse]> => {
  const reply = await client.ask({
    method: 'GET',
    place: api(flow, 'model-versions/get'),
    query: { name: flow.model, version },
  });
  return [reply.json.object('model_version').text('status'), reply];
};

export const setAlias = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  const [first] = flow.versions;
  await client.ask({
    method: 'POST',
    place: api(flow, 'registered-models/alias'),
    json: { name: flow.model, alias: aliasName, version: known(first?.version ?? null) },
  });
};
