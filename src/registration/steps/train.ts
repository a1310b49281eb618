import { paths } from '../../platform/hops.ts';
import { api, artifact, artifactPath } from '../addresses.ts';
import { NotHere, StepFailure } from '../failure.ts';
import { listIn, objectIn, textIn } from '../json.ts';
import { makeOnce } from '../lost-answer.ts';
import type { FlowState } from '../state.ts';
import type { Reply, Talk } from '../talk.ts';

interface Run {
  readonly id: string;
  readonly artifactUri: string;
  readonly reply: Reply;
}

export const createRun = async (flow: FlowState, talk: Talk): Promise<void> => {
  flow.begun.add('run');
  const run = await makeOnce(
    flow,
    talk,
    async () => {
      const reply = await talk.ask({
        method: 'POST',
        url: api(flow, 'runs/create'),
        json: { experiment_id: flow.experimentId, start_time: Date.now(), run_name: flow.model, tags: flow.tags },
      });
      return runIn(objectIn(reply.json, 'run'), reply);
    },
    async () => {
      const reply = await talk.ask({
        method: 'POST',
        url: api(flow, 'runs/search'),
        json: { experiment_ids: [flow.experimentId], filter: `tags.synthetics_flow = '${flow.id}'`, max_results: 1 },
      });
      const [found] = listIn(reply.json, 'runs');
      return found === undefined ? null : runIn(found, reply);
    },
  );
  if (run.id === '') throw talk.reject(run.reply, 'unexpected-body', 'the answer names no run');
  flow.runId = run.id;
  flow.runPath = artifactPath(run.artifactUri);
  // A real client would go to the store itself, with credentials of its own that a prober has not.
  if (flow.runPath === null)
    throw talk.reject(
      run.reply,
      'artifact-store-error',
      `MLflow does not pass artifacts on: the run's are at ${run.artifactUri}`,
      { hops: paths.proxyToArtifacts },
    );
};

const runIn = (run: Reply['json'], reply: Reply): Run => {
  const info = objectIn(run, 'info');
  return { id: textIn(info, 'run_id'), artifactUri: textIn(info, 'artifact_uri'), reply };
};

export const logBatch = async (flow: FlowState, talk: Talk): Promise<void> => {
  await talk.ask({
    method: 'POST',
    url: api(flow, 'runs/log-batch'),
    json: {
      run_id: flow.runId,
      params: Object.entries(flow.params).map(([key, value]) => ({ key, value })),
      metrics: Object.entries(flow.metrics).map(([key, value]) => ({ key, value, timestamp: Date.now(), step: 0 })),
      tags: [{ key: 'synthetics_logged', value: flow.id }],
    },
  });
};

interface LoggedModel {
  readonly id: string;
  readonly artifactUri: string;
  readonly reply: Reply;
}

/** MLflow 3 only: an older server knows no such route, and the flow goes on as an older client would. */
export const createLoggedModel = async (flow: FlowState, talk: Talk): Promise<void> => {
  const model = await makeOnce(
    flow,
    talk,
    async () => {
      const reply = await talk.attempt({
        method: 'POST',
        url: api(flow, 'logged-models'),
        json: { experiment_id: flow.experimentId, name: 'model', source_run_id: flow.runId, tags: flow.tags },
      });
      if (!(reply instanceof StepFailure)) return modelIn(objectIn(reply.json, 'model'), reply);
      const { failureMode, answeredBy } = reply.outcome;
      if (failureMode === 'route-not-found' && answeredBy === 'mlflow') {
        flow.loggedModels = false;
        throw new NotHere('this MLflow is older than 3 and knows no logged models');
      }
      throw reply;
    },
    async () => {
      const reply = await talk.ask({
        method: 'POST',
        url: api(flow, 'logged-models/search'),
        json: { experiment_ids: [flow.experimentId], filter: `source_run_id = '${flow.runId}'`, max_results: 1 },
      });
      const [found] = listIn(reply.json, 'models');
      return found === undefined ? null : modelIn(found, reply);
    },
  );
  if (model.id === '') throw talk.reject(model.reply, 'unexpected-body', 'the answer names no logged model');
  flow.loggedModels = true;
  flow.modelId = model.id;
  flow.modelPath = artifactPath(model.artifactUri);
};

const modelIn = (model: Reply['json'], reply: Reply): LoggedModel => {
  const info = objectIn(model, 'info');
  return { id: textIn(info, 'model_id'), artifactUri: textIn(info, 'artifact_uri'), reply };
};

export const attachLoggedModel = async (flow: FlowState, talk: Talk): Promise<void> => {
  await talk.ask({
    method: 'POST',
    url: api(flow, 'runs/outputs'),
    json: { run_id: flow.runId, models: [{ model_id: flow.modelId, step: 0 }] },
  });
};

/** Where MLflow 2's clients look for a run's model, and where MLflow 3's look for a logged one. */
const modelPaths = ({ runPath, modelPath }: FlowState): readonly string[] => [
  ...(runPath === null ? [] : [`${runPath}/model`]),
  ...(modelPath === null ? [] : [modelPath]),
];

export const uploadArtifacts = async (flow: FlowState, talk: Talk): Promise<void> => {
  for (const path of modelPaths(flow)) {
    for (const { name, bytes } of flow.files) {
      // Newer servers answer with an empty body, older ones with an empty object.
      const reply = await talk.attempt({
        method: 'PUT',
        url: artifact(flow, `${path}/${name}`),
        bytes,
        expects: 'bytes',
      });
      if (!(reply instanceof StepFailure) || reply.mayBeDone) flow.uploaded = true;
      if (reply instanceof StepFailure) throw reply;
    }
  }
};

export const finishLoggedModel = async (flow: FlowState, talk: Talk): Promise<void> => {
  const reply = await talk.ask({
    method: 'PATCH',
    url: api(flow, `logged-models/${flow.modelId}`),
    json: { model_id: flow.modelId, status: 'LOGGED_MODEL_READY' },
  });
  const status = textIn(objectIn(objectIn(reply.json, 'model'), 'info'), 'status');
  if (status !== 'LOGGED_MODEL_READY') throw talk.reject(reply, 'version-not-ready', `the logged model is ${status}`);
};

export const finishRun = async (flow: FlowState, talk: Talk): Promise<void> => {
  await talk.ask({
    method: 'POST',
    url: api(flow, 'runs/update'),
    json: { run_id: flow.runId, status: 'FINISHED', end_time: Date.now() },
  });
};
