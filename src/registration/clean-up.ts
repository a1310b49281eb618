import { setTimeout as pause } from 'node:timers/promises';
import { phrase, Raw } from '../raw/raw.ts';
import { api } from './addresses.ts';
import { StepFailure } from './failure.ts';
import { idIn } from './ids.ts';
import type { MlflowRequest, MlflowResponse } from './mlflow-client.ts';
import { type Guard, gone, type Item, mostOfAKind, noteLeft, type Removal } from './remove.ts';
import { removeModel } from './remove-model.ts';
import { removeRun } from './remove-run.ts';
import { type FlowState, known, mayExist } from './state.ts';
import { isOfFlow } from './tags.ts';

/**
 * After a lost response the server may still be working: how many times, and how far apart in milliseconds, to look for
 * what it made.
 */
const looks = 4;
const lookMs = 1_000;

/** Deletes what one flow made, in reverse order, and checks that it is gone. */
export const cleanUp = async (flow: FlowState, removal: Removal, endsAt: () => number): Promise<void> => {
  const { creations } = flow;
  const isModelExpected = mayExist(creations, 'registered-model');
  const guard = guardOf(flow);
  for (let look = 1; ; look += 1) {
    const model = creations.has('registered-model')
      ? await removeModel(removal, Raw.from(flow.model), guard, isModelExpected)
      : null;
    const run = creations.has('run') ? await removeRuns(flow, removal, guard) : null;
    const isMissing = (model === false && isModelExpected) || (run === false && mayExist(creations, 'run'));
    if (!isMissing || !flow.lostAnswer || look === looks || performance.now() + lookMs > endsAt()) break;
    await pause(lookMs);
  }
  if (removal.left.length === 0) await confirmGone(flow, removal);
};

const guardOf = ({ id }: FlowState): Guard => {
  const isOwn = isOfFlow(id);
  return { model: isOwn, version: isOwn, loggedModel: isOwn, run: (run) => isOwn(run.object('data')) };
};

/** Deletes the run by its id. If the response with the id was lost or named another run, finds it by the flow's tag. */
const removeRuns = async (flow: FlowState, removal: Removal, guard: Guard): Promise<boolean> => {
  const { uploaded, modelId } = flow;
  const logged = {
    uploaded,
    modelId,
    mayHaveModels: flow.loggedModels !== false && mayExist(flow.creations, 'logged-model'),
  };
  if (flow.runId !== null) return removeRun(removal, flow.runId, guard, logged);
  const reply = await removal.client.attempt({
    method: 'POST',
    place: api(flow, 'runs/search'),
    json: { experiment_ids: [known(flow.experimentId)], filter: `tags.synthetics_flow = '${flow.id}'` },
  });
  if (reply instanceof StepFailure) {
    if (mayExist(flow.creations, 'run')) noteLeft(removal, { thing: 'run', id: phrase`of flow ${flow.id}` }, reply);
    return true;
  }
  let found = false;
  for (const run of reply.json.list('runs').filter(guard.run).slice(0, mostOfAKind)) {
    const id = idIn(run.object('info'), 'run_id');
    if (id !== null) found = (await removeRun(removal, id, guard, logged)) || found;
  }
  // The platform loses tags, or has answered for another request.
  if (!found && flow.isRunAnswered) {
    const why = phrase`a run was created, but no run carries the tag of flow ${flow.id}`;
    noteLeft(
      removal,
      { thing: 'run', id: phrase`of flow ${flow.id}` },
      removal.client.reject(reply, 'cleanup-failed', why),
    );
  }
  return found;
};

/** A successful response to a deletion does not prove that the thing is gone. */
const confirmGone = async (flow: FlowState, removal: Removal): Promise<void> => {
  if (mayExist(flow.creations, 'registered-model')) {
    const name = Raw.from(flow.model);
    const call = { method: 'GET', place: api(flow, 'registered-models/get'), query: { name } } as const;
    await confirm(
      removal,
      { thing: 'registered-model', id: name },
      { ...call, accepts: gone },
      (reply) => reply.errorCode === null,
    );
  }
  if (flow.runId === null) return;
  const call = { method: 'GET', place: api(flow, 'runs/get'), query: { run_id: flow.runId }, accepts: gone } as const;
  const isThere = ({ errorCode, json }: MlflowResponse): boolean =>
    errorCode === null && !json.object('run').object('info').text('lifecycle_stage').is('deleted');
  await confirm(removal, { thing: 'run', id: flow.runId }, call, isThere);
};

const confirm = async (
  removal: Removal,
  item: Item,
  call: MlflowRequest,
  isThere: (reply: MlflowResponse) => boolean,
): Promise<void> => {
  const reply = await removal.client.attempt(call);
  if (reply instanceof StepFailure) return noteLeft(removal, item, reply);
  if (!isThere(reply)) return;
  const why = `the ${item.thing} still exists after a deletion that reported success`;
  noteLeft(removal, item, removal.client.reject(reply, 'cleanup-failed', why, call));
};
