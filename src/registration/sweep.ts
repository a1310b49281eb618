import type { Made } from '../platform/report.ts';
import { api } from './addresses.ts';
import { StepFailure } from './failure.ts';
import { listIn, objectIn, textIn } from './json.ts';
import { type Guard, type Removal, removeModel, removeRun } from './remove.ts';
import { flowOfName, isOurs } from './tags.ts';

export interface SweepScope {
  readonly modelPrefix: string;
  readonly environment: string;
  /** Null: there is none, so there are no runs of ours. */
  readonly experimentId: string | null;
  /** Unix time in milliseconds: what was made later is left alone, for its flow may still run. */
  readonly olderThan: number;
  /** Of each kind: more are left for the next sweep. */
  readonly atMost: number;
  /** Nothing more is begun to be removed from then on. */
  readonly stop: AbortSignal;
}

/** Candidates that are looked at in one sweep. */
const pageSize = 100;

/**
 * What runs that were killed have left: named exactly as the flow names it, tagged as ours, and old enough. Each is read again, and
 * checked again, when it is deleted.
 */
export const findLeftOvers = async (removal: Removal, scope: SweepScope): Promise<readonly Made[]> => [
  ...inTurn(await findModels(removal, scope), scope),
  ...inTurn(await findRuns(removal, scope), scope),
];

/** Another one first in each minute, so that one that cannot be removed does not keep the others. */
const inTurn = (found: readonly Made[], { olderThan, atMost }: SweepScope): readonly Made[] => {
  const first = found.length === 0 ? 0 : Math.floor(olderThan / 60_000) % found.length;
  return [...found.slice(first), ...found.slice(0, first)].slice(0, atMost);
};

export const removeLeftOvers = async (removal: Removal, scope: SweepScope, found: readonly Made[]): Promise<void> => {
  for (const { thing, id } of found) {
    if (scope.stop.aborted) break;
    if (thing === 'registered-model') await removeModel(removal, id, modelMayGo(scope));
    else await removeRun(removal, id, runMayGo(scope), { uploaded: true });
    // What cannot be removed now is not tried a hundred times: the next sweep will.
    if (removal.left.length > 0) break;
  }
};

/** Ours by name, by tags and by environment, and old enough: a model by the server's clock, a run by that of the prober that began it. */
const modelMayGo =
  ({ modelPrefix, environment, olderThan }: SweepScope): Guard =>
  (model) =>
    flowOfName(textIn(model, 'name'), modelPrefix) !== null &&
    isOurs(model, environment) &&
    isBefore(textIn(model, 'creation_timestamp'), olderThan);

const runMayGo =
  ({ modelPrefix, environment, olderThan }: SweepScope): Guard =>
  (run) =>
    flowOfName(textIn(objectIn(run, 'info'), 'run_name'), modelPrefix) !== null &&
    isOurs(objectIn(run, 'data'), environment) &&
    isBefore(textIn(objectIn(run, 'info'), 'start_time'), olderThan);

const isBefore = (timestamp: string, limit: number): boolean => Number(timestamp) > 0 && Number(timestamp) < limit;

const findModels = async (removal: Removal, scope: SweepScope): Promise<readonly Made[]> => {
  const { modelPrefix } = scope;
  // Every model begins with an empty prefix.
  if (modelPrefix === '') return [];
  const reply = await removal.talk.attempt({
    method: 'GET',
    url: api(removal, 'registered-models/search'),
    query: {
      filter: `name LIKE '${modelPrefix}-%' and tags.synthetics_environment = '${scope.environment}'`,
      max_results: String(pageSize),
    },
  });
  if (reply instanceof StepFailure) {
    removal.failure ??= reply.outcome;
    return [];
  }
  return listIn(reply.json, 'registered_models')
    .filter(modelMayGo(scope))
    .map((row) => ({ thing: 'registered-model', id: textIn(row, 'name') }));
};

const findRuns = async (removal: Removal, scope: SweepScope): Promise<readonly Made[]> => {
  const { experimentId, environment, olderThan } = scope;
  if (experimentId === null) return [];
  const reply = await removal.talk.attempt({
    method: 'POST',
    url: api(removal, 'runs/search'),
    json: {
      experiment_ids: [experimentId],
      filter: `tags.synthetics_environment = '${environment}' and attributes.start_time < ${olderThan}`,
      max_results: pageSize,
    },
  });
  if (reply instanceof StepFailure) {
    removal.failure ??= reply.outcome;
    return [];
  }
  return listIn(reply.json, 'runs')
    .filter(runMayGo(scope))
    .map((run) => ({ thing: 'run', id: textIn(objectIn(run, 'info'), 'run_id') }));
};
