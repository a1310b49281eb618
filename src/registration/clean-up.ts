import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../classify/json.ts';
import type { Made } from '../platform/report.ts';
import { api } from './addresses.ts';
import { StepFailure } from './failure.ts';
import { listIn, objectIn, pairsIn, textIn } from './json.ts';
import { type Guard, type Removal, removeModel, removeRun } from './remove.ts';
import type { FlowState } from './state.ts';
import type { Call, Reply } from './talk.ts';

/** After a lost answer the server may still be at it: so often, and so far apart, is looked for what it made. */
const looks = 4;
const lookMs = 1_000;

/** Deletes what one flow made, in the reverse order of its making, and looks whether it is gone. */
export const cleanUp = async (flow: FlowState, removal: Removal, endsAt: () => number): Promise<void> => {
  const isTagged: Guard = (row: JsonObject) => pairsIn(row, 'tags')['synthetics_flow'] === flow.id;
  const isOwnRun: Guard = (run) => isTagged(objectIn(run, 'data'));
  for (let look = 1; ; look += 1) {
    const found = [
      flow.begun.has('registered-model') && (await removeModel(removal, flow.model, isTagged)),
      flow.begun.has('run') && (await removeRuns(flow, removal, isOwnRun)),
    ];
    const allFound = found[0] === flow.begun.has('registered-model') && found[1] === flow.begun.has('run');
    if (allFound || !flow.lostAnswer || look === looks || performance.now() + lookMs > endsAt()) break;
    await pause(lookMs);
  }
  if (removal.left.length === 0) await confirmGone(flow, removal);
};

/** The run by its id; when the answer that had it was lost, by the flow's tag. */
const removeRuns = async (flow: FlowState, removal: Removal, isOwn: Guard): Promise<boolean> => {
  if (flow.runId !== null) return removeRun(removal, flow.runId, isOwn, flow);
  const reply = await removal.talk.attempt({
    method: 'POST',
    url: api(flow, 'runs/search'),
    json: { experiment_ids: [flow.experimentId], filter: `tags.synthetics_flow = '${flow.id}'` },
  });
  if (reply instanceof StepFailure) {
    removal.failure ??= reply.outcome;
    removal.left.push({ thing: 'run', id: `of flow ${flow.id}` });
    return true;
  }
  let found = false;
  for (const run of listIn(reply.json, 'runs'))
    found = (await removeRun(removal, textIn(objectIn(run, 'info'), 'run_id'), isOwn, flow)) || found;
  return found;
};

/** That a deletion was answered with success is not yet that the thing is gone. */
const confirmGone = async (flow: FlowState, removal: Removal): Promise<void> => {
  if (flow.begun.has('registered-model')) {
    const call = { method: 'GET', url: api(flow, 'registered-models/get'), query: { name: flow.model } } as const;
    const accepts = ['RESOURCE_DOES_NOT_EXIST'];
    await confirm(
      removal,
      { thing: 'registered-model', id: flow.model },
      { ...call, accepts },
      (reply) => reply.errorCode === null,
    );
  }
  if (flow.runId === null) return;
  const call = { method: 'GET', url: api(flow, 'runs/get'), query: { run_id: flow.runId } } as const;
  const stage = ({ json }: Reply): string => textIn(objectIn(objectIn(json, 'run'), 'info'), 'lifecycle_stage');
  await confirm(removal, { thing: 'run', id: flow.runId }, call, (reply) => stage(reply) !== 'deleted');
};

const confirm = async (removal: Removal, made: Made, call: Call, isThere: (reply: Reply) => boolean): Promise<void> => {
  const reply = await removal.talk.attempt(call);
  const failure =
    reply instanceof StepFailure
      ? reply
      : isThere(reply)
        ? removal.talk.reject(
            reply,
            'cleanup-failed',
            `the ${made.thing} is still there after its deletion was answered with success`,
            call,
          )
        : null;
  if (failure === null) return;
  removal.failure ??= failure.outcome;
  removal.left.push(made);
};
