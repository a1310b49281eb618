import { phrase } from '../../raw/raw.ts';
import { Segment } from '../../raw/segment.ts';
import { api, artifact } from '../addresses.ts';
import type { ProxiedFiles } from '../artifact-uri.ts';
import { NotHere, StepFailure } from '../failure.ts';
import { idIn, requireId } from '../ids.ts';
import { makeOnce } from '../lost-answer.ts';
import type { MlflowClient } from '../mlflow-client.ts';
import { filesOf, ownLoggedModel, ownRun, reached } from '../own.ts';
import { type FlowState, known } from '../state.ts';
import { isOfFlow } from '../tags.ts';

export const createRun = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  const experimentId = known(flow.experimentId);
  const id = await makeOnce(flow, client, {
    thing: 'run',
    make: async () => {
      const reply = await client.ask({
        method: 'POST',
        place: api(flow, 'runs/create'),
        makes: true,
        json: { experiment_id: experimentId, start_time: Date.now(), run_name: flow.model, tags: flow.tags },
      });
      return requireId(client, reply, reply.json.object('run').object('info'), 'run_id');
    },
    find: async () => {
      const reply = await client.ask({
        method: 'POST',
        place: api(flow, 'runs/search'),
        json: { experiment_ids: [experimentId], filter: `tags.synthetics_flow = '${flow.id}'`, max_results: 10 },
      });
      const found = reply.json.list('runs').find((run) => isOfFlow(flow.id)(run.object('data')));
      return found === undefined ? null : idIn(found.object('info'), 'run_id');
    },
  });
  flow.isRunAnswered = true;
  const run = await ownRun(flow, client, id);
  flow.runId = id;
  flow.runFiles = filesOf(flow, client, run);
};

export const logBatch = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  await client.ask({
    method: 'POST',
    place: api(flow, 'runs/log-batch'),
    json: {
      run_id: known(flow.runId),
      params: Object.entries(flow.params).map(([key, value]) => ({ key, value })),
      metrics: Object.entries(flow.metrics).map(([key, value]) => ({ key, value, timestamp: Date.now(), step: 0 })),
      tags: [{ key: 'synthetics_logged', value: flow.id }],
    },
  });
};

/** MLflow 3 only. Older servers lack this route, and the flow goes on as an older client would. */
export const createLoggedModel = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  const [experimentId, runId] = [known(flow.experimentId), known(flow.runId)];
  const id = await makeOnce(flow, client, {
    thing: 'logged-model',
    make: async () => {
      const reply = await client.attempt({
        method: 'POST',
        place: api(flow, 'logged-models'),
        makes: true,
        json: { experiment_id: experimentId, name: 'model', source_run_id: runId, tags: flow.tags },
      });
      if (!(reply instanceof StepFailure))
        return requireId(client, reply, reply.json.object('model').object('info'), 'model_id');
      const { failureMode, answeredBy } = reply.outcome;
      if (failureMode === 'route-not-found' && answeredBy === 'mlflow') {
        flow.loggedModels = false;
        throw new NotHere('this MLflow is older than 3 and has no logged models');
      }
      throw reply;
    },
    find: async () => {
      const reply = await client.ask({
        method: 'POST',
        place: api(flow, 'logged-models/search'),
        json: { experiment_ids: [experimentId], filter: phrase`source_run_id = '${runId}'`, max_results: 10 },
      });
      const infos = reply.json.list('models').map((model) => model.object('info'));
      const found = infos.find(isOfFlow(flow.id));
      return found === undefined ? null : idIn(found, 'model_id');
    },
  });
  const model = await ownLoggedModel(flow, client, id);
  flow.loggedModels = true;
  flow.modelId = id;
  flow.modelFiles = filesOf(flow, client, model);
};

export const attachLoggedModel = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  await client.ask({
    method: 'POST',
    place: api(flow, 'runs/outputs'),
    json: { run_id: known(flow.runId), models: [{ model_id: known(flow.modelId), step: 0 }] },
  });
};

/** Where MLflow 2's clients look for a run's model, and MLflow 3's for a logged model. */
const modelPlaces = ({ runFiles, modelFiles }: FlowState, client: MlflowClient): readonly ProxiedFiles[] => {
  const run = reached(client, known(runFiles));
  const model = modelFiles === null ? [] : [reached(client, modelFiles)];
  return [{ ...run, path: [...run.path, Segment.own('model')] }, ...model];
};

export const uploadArtifacts = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  for (const place of modelPlaces(flow, client)) {
    for (const { name, bytes } of flow.files) {
      // Newer servers send an empty body, older ones an empty object.
      const reply = await client.attempt({
        method: 'PUT',
        place: artifact(place, [...place.path, Segment.own(name)]),
        hops: place.hops,
        bytes,
        expects: 'bytes',
        follows: true,
      });
      if (!(reply instanceof StepFailure) || reply.mayBeDone) flow.uploaded = true;
      if (reply instanceof StepFailure) throw reply;
    }
  }
};

export const finishLoggedModel = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  const modelId = known(flow.modelId);
  const reply = await client.ask({
    method: 'PATCH',
    place: api(flow, 'logged-models', modelId),
    json: { model_id: modelId, status: 'LOGGED_MODEL_READY' },
  });
  const status = reply.json.object('model').object('info').text('status');
  if (!status.is('LOGGED_MODEL_READY'))
    throw client.reject(
      reply,
      'version-not-ready',
      phrase`the logged model is ${status}`,
      status.is('') ? {} : { by: 'mlflow' },
    );
};

export const finishRun = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  await client.ask({
    method: 'POST',
    place: api(flow, 'runs/update'),
    json: { run_id: known(flow.runId), status: 'FINISHED', end_time: Date.now() },
  });
};
