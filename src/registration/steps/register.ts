import { setTimeout as pause } from 'node:timers/promises';
import { paths } from '../../platform/hops.ts';
import { api, artifact } from '../addresses.ts';
import { listIn, objectIn, textIn } from '../json.ts';
import { makeOnce } from '../lost-answer.ts';
import type { FlowState, Version } from '../state.ts';
import type { StepLimits } from '../steps.ts';
import type { Reply, Talk } from '../talk.ts';

/** Names that MLflow keeps for itself (`latest`, `v1`) are none of them. */
export const aliasName = 'candidate';

/** How often a pending version is looked at. */
const lookMs = 250;

export const createRegisteredModel = async (flow: FlowState, talk: Talk): Promise<void> => {
  flow.begun.add('registered-model');
  await makeOnce(
    flow,
    talk,
    () =>
      talk.ask({
        method: 'POST',
        url: api(flow, 'registered-models/create'),
        json: { name: flow.model, tags: flow.tags, description: 'Made by a synthetic check, and deleted by it.' },
      }),
    async () => {
      const reply = await talk.ask({
        method: 'GET',
        url: api(flow, 'registered-models/get'),
        query: { name: flow.model },
        accepts: ['RESOURCE_DOES_NOT_EXIST'],
      });
      return reply.errorCode === null ? reply : null;
    },
  );
};

/** As MLflow 2's client resolves `runs:/…/model`: it reads the run, lists what it logged, and registers the place. */
export const createVersionFromRun = async (flow: FlowState, talk: Talk): Promise<void> => {
  const reply = await talk.ask({ method: 'GET', url: api(flow, 'runs/get'), query: { run_id: flow.runId ?? '' } });
  const uri = textIn(objectIn(objectIn(reply.json, 'run'), 'info'), 'artifact_uri');
  const listing = await talk.ask({
    method: 'GET',
    url: artifact(flow),
    query: { path: `${flow.runPath}/model` },
    hops: paths.proxyToArtifacts,
  });
  const listed = listIn(listing.json, 'files').map((file) => textIn(file, 'path').split('/').at(-1));
  const lacking = flow.files.find(({ name }) => !listed.includes(name));
  if (lacking !== undefined)
    throw talk.reject(listing, 'artifact-mismatch', `${lacking.name} was uploaded and is not listed`, {
      hops: paths.proxyToArtifacts,
    });
  await createVersion(flow, talk, `${uri}/model`, { run_id: flow.runId });
};

/** As MLflow 3's client registers a logged model. */
export const createVersionFromModel = (flow: FlowState, talk: Talk): Promise<void> =>
  createVersion(flow, talk, `models:/${flow.modelId}`, { model_id: flow.modelId, run_id: flow.runId });

const createVersion = async (
  flow: FlowState,
  talk: Talk,
  source: string,
  origin: Readonly<Record<string, string | null>>,
): Promise<void> => {
  const known = flow.versions.map(({ version }) => version);
  const { version, reply } = await makeOnce(
    flow,
    talk,
    async () => {
      const made = await talk.ask({
        method: 'POST',
        url: api(flow, 'model-versions/create'),
        json: { name: flow.model, source, tags: flow.tags, ...origin },
      });
      return { version: textIn(objectIn(made.json, 'model_version'), 'version'), reply: made };
    },
    async () => {
      const search = await talk.ask({
        method: 'GET',
        url: api(flow, 'model-versions/search'),
        query: { filter: `name='${flow.model}'` },
      });
      const found = listIn(search.json, 'model_versions')
        .map((one) => textIn(one, 'version'))
        .find((one) => !known.includes(one));
      return found === undefined ? null : { version: found, reply: search };
    },
  );
  if (version === '') throw talk.reject(reply, 'unexpected-body', 'the answer names no version');
  if (known.includes(version)) throw talk.reject(reply, 'value-mismatch', `version ${version} was given twice`);
  flow.versions.push({ version, source });
};

export const awaitVersions = async (flow: FlowState, talk: Talk, { pendingMs }: StepLimits): Promise<void> => {
  const until = performance.now() + pendingMs;
  for (const version of flow.versions) {
    for (let [status, reply] = await look(flow, talk, version); status !== 'READY'; ) {
      if (status !== 'PENDING_REGISTRATION' || performance.now() >= until)
        throw talk.reject(reply, 'version-not-ready', `version ${version.version} is ${status || 'without a status'}`);
      await pause(lookMs);
      [status, reply] = await look(flow, talk, version);
    }
  }
};

const look = async (flow: FlowState, talk: Talk, { version }: Version): Promise<readonly [string, Reply]> => {
  const reply = await talk.ask({
    method: 'GET',
    url: api(flow, 'model-versions/get'),
    query: { name: flow.model, version },
  });
  return [textIn(objectIn(reply.json, 'model_version'), 'status'), reply];
};

export const setAlias = async (flow: FlowState, talk: Talk): Promise<void> => {
  await talk.ask({
    method: 'POST',
    url: api(flow, 'registered-models/alias'),
    json: { name: flow.model, alias: aliasName, version: flow.versions[0]?.version },
  });
};
