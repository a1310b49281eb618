import { phrase } from '../raw/raw.ts';
import type { RawJson } from '../raw/raw-json.ts';
import type { Segment } from '../raw/segment.ts';
import { api } from './addresses.ts';
import { StepFailure } from './failure.ts';
import { idIn } from './ids.ts';
import type { Own } from './own.ts';
import {
  type Guard,
  gone,
  hasNoId,
  type Item,
  mostOfAKind,
  noteForeign,
  noteLeft,
  type Removal,
  removeOne,
  tryTo,
} from './remove.ts';
import { removeArtifacts } from './remove-artifacts.ts';

interface Logged {
  /** If nothing was uploaded, the artifact store is not asked. Otherwise a failing store would make runs pile up. */
  readonly uploaded: boolean;
  /** The logged model already read and confirmed as ours. Any other is read again. */
  readonly modelId: Segment | null;
  /** Whether one may exist that only the run leads to. If they cannot be listed, the run then stays for a later sweep. */
  readonly mayHaveModels: boolean;
}

/**
 * Deletes a run with its artifacts and logged models. The run goes last, because it leads to the others.
 * @returns false if no such run of ours exists
 */
export const removeRun = async (removal: Removal, runId: Segment, guard: Guard, logged: Logged): Promise<boolean> => {
  const item: Item = { thing: 'run', id: runId };
  const reply = await tryTo(removal, {
    method: 'GET',
    place: api(removal, 'runs/get'),
    query: { run_id: runId },
    accepts: gone,
  });
  if (reply === null) {
    noteLeft(removal, item);
    return true;
  }
  const run = reply.json.object('run');
  const info = run.object('info');
  if (info.text('lifecycle_stage').is('deleted') || !info.text('run_id').equals(runId) || !guard.run(run)) return false;

  const before = removal.left.length;
  if (logged.uploaded) await removeArtifacts(removal, 'run-artifacts', { id: runId, info, reply });
  for (const model of await loggedModelsOf(removal, { id: runId, info }, guard, logged)) {
    if (logged.uploaded) await removeArtifacts(removal, 'model-artifacts', model);
    const place = api(removal, 'logged-models', model.id);
    await removeOne(removal, { thing: 'logged-model', id: model.id }, { method: 'DELETE', place, accepts: gone });
  }
  // The run stays while something that only it leads to is left, so that the next sweep finds it.
  if (removal.left.length > before) noteLeft(removal, item);
  else
    await removeOne(removal, item, {
      method: 'POST',
      place: api(removal, 'runs/delete'),
      json: { run_id: runId },
      accepts: gone,
    });
  return true;
};

const belongsTo = (info: RawJson, runId: Segment): boolean => info.text('source_run_id').equals(runId);

/** What may be deleted. If a search fails, this is the one whose id is known. */
const loggedModelsOf = async (
  removal: Removal,
  { id: runId, info: run }: Pick<Own, 'id' | 'info'>,
  guard: Guard,
  { modelId, mayHaveModels }: Logged,
): Promise<readonly Own[]> => {
  const ownRow = async (id: Segment): Promise<readonly Own[]> => {
    const own = await readOwn(removal, id, runId, guard);
    return own === null ? [] : [own];
  };
  const reply = await removal.client.attempt({
    method: 'POST',
    place: api(removal, 'logged-models/search'),
    json: { experiment_ids: [run.text('experiment_id')], filter: phrase`source_run_id = '${runId}'` },
  });
  if (reply instanceof StepFailure) {
    if (modelId !== null) return ownRow(modelId);
    // Servers older than MLflow 3 and platforms that do not pass this route on have no logged models of ours.
    if (mayHaveModels && reply.outcome.failureMode !== 'route-not-found')
      noteLeft(removal, { thing: 'logged-model', id: phrase`of run ${runId}` }, reply);
    return [];
  }
  const infos = reply.json
    .list('models')
    .map((model) => model.object('info'))
    .filter((info) => belongsTo(info, runId));
  const more = infos.length - mostOfAKind;
  if (more > 0) noteLeft(removal, { thing: 'logged-model', id: phrase`${more} more of run ${runId}` });
  const owns: Own[] = [];
  for (const info of infos.slice(0, mostOfAKind)) {
    const id = idIn(info, 'model_id');
    if (id === null || !guard.loggedModel(info)) {
      const item: Item = { thing: 'logged-model', id: info.text('model_id') };
      noteForeign(removal, item, reply, id === null ? hasNoId : undefined);
    } else if (modelId?.equals(id) === true) owns.push({ id, info, reply });
    else owns.push(...(await ownRow(id)));
  }
  return owns;
};

/** The logged model by its own row. Null if the row does not say that it is ours. */
const readOwn = async (removal: Removal, id: Segment, runId: Segment, guard: Guard): Promise<Own | null> => {
  const item: Item = { thing: 'logged-model', id };
  const reply = await tryTo(removal, { method: 'GET', place: api(removal, 'logged-models', id), accepts: gone });
  if (reply === null) noteLeft(removal, item);
  if (reply === null || reply.errorCode !== null) return null;
  const info = reply.json.object('model').object('info');
  const isOurs = info.text('model_id').equals(id) && belongsTo(info, runId) && guard.loggedModel(info);
  if (!isOurs) noteForeign(removal, item, reply);
  return isOurs ? { id, info, reply } : null;
};
