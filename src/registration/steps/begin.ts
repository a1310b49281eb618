import { failureModes } from '../../model/failure-modes.ts';
import { phrase } from '../../raw/raw.ts';
import { api } from '../addresses.ts';
import { StepFailure } from '../failure.ts';
import { idIn, requireId } from '../ids.ts';
import { readWritten } from '../lagging.ts';
import type { MlflowClient, MlflowResponse } from '../mlflow-client.ts';
import type { FlowState } from '../state.ts';

const forms = ['bearer', 'x-api-key'] as const;

const byName = (flow: FlowState) =>
  ({
    method: 'GET',
    place: api(flow, 'experiments/get-by-name'),
    query: { experiment_name: flow.experiment },
    accepts: ['RESOURCE_DOES_NOT_EXIST'],
  }) as const;

/**
 * Tries both forms of the key with the read that a client starts with. MLflow's client uses Bearer
 * (MLFLOW_TRACKING_TOKEN). If only the other form is accepted, the flow uses that and reports it.
 */
export const credentials = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  let accepted: MlflowResponse | null = null;
  let refused: StepFailure | null = null;
  for (const form of forms) {
    flow.auth = form;
    const reply = await client.attempt(byName(flow));
    const failure = reply instanceof StepFailure ? reply : null;
    flow.credentialForms[form] = failure?.outcome.failureMode ?? null;
    if (reply instanceof StepFailure) {
      refused ??= reply;
      // If this response did not get as far as judging the key, the other form would not either.
      if (!judgesKey(reply)) break;
    } else if (accepted === null) {
      accepted = reply;
      takeExperiment(flow, reply);
    }
  }
  flow.auth = flow.credentialForms.bearer === null ? 'bearer' : 'x-api-key';
  if (accepted === null && refused !== null) throw refused;
  if (refused !== null && flow.credentialForms.bearer !== null) client.note(refused.outcome);
};

const judgesKey = ({ outcome: { failureMode } }: StepFailure): boolean =>
  failureMode !== null && failureModes[failureMode].key !== 'none';

/** Reject an experiment other than the requested one. */
const takeExperiment = (flow: FlowState, { json }: MlflowResponse): void => {
  const found = json.object('experiment');
  flow.experimentId = found.text('name').is(flow.experiment) ? idIn(found, 'experiment_id') : null;
  flow.experimentDeleted = found.text('lifecycle_stage').is('deleted');
};

/**
 * A read that needs nothing of ours: it shows whether reads work when writes fail. It asks for a model that does not
 * exist yet, because another one can have more tags and descriptions than a response may have bytes.
 */
export const readRegistry = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  await client.ask({
    method: 'GET',
    place: api(flow, 'registered-models/search'),
    query: { filter: `name='${flow.model}'` },
  });
};

/**
 * The permanent experiment: finds it, creates it, or restores it if it was deleted. Other probers may do the same at
 * the same moment.
 */
export const experiment = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  if (flow.experimentId === null) {
    const made = await client.ask({
      method: 'POST',
      place: api(flow, 'experiments/create'),
      json: { name: flow.experiment },
      accepts: ['RESOURCE_ALREADY_EXISTS'],
    });
    if (made.errorCode !== null) takeExperiment(flow, await client.ask(byName(flow)));
  }
  if (flow.experimentDeleted && flow.experimentId !== null)
    await client.ask({
      method: 'POST',
      place: api(flow, 'experiments/restore'),
      json: { experiment_id: flow.experimentId },
      // Another prober has restored it in the meantime.
      accepts: ['INVALID_PARAMETER_VALUE', 'INVALID_STATE'],
    });
  await readWritten(client, () => readExperiment(flow, client));
};

const readExperiment = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  const reply = await client.ask(byName(flow));
  takeExperiment(flow, reply);
  const found = reply.json.object('experiment');
  if (reply.errorCode !== null)
    throw client.reject(reply, 'resource-missing', `the experiment "${flow.experiment}" was created but is not found`);
  if (!found.text('name').is(flow.experiment))
    throw client.reject(
      reply,
      'unexpected-body',
      phrase`the response is about another experiment, ${found.text('name')}`,
    );
  requireId(client, reply, found, 'experiment_id');
  if (flow.experimentDeleted)
    throw client.reject(
      reply,
      'value-mismatch',
      `the experiment "${flow.experiment}" was restored but is still deleted`,
    );
};
