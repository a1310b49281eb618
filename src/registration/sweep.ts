import type { Raw } from '../raw/raw.ts';
import type { Segment } from '../raw/segment.ts';
import { api } from './addresses.ts';
import { StepFailure } from './failure.ts';
import { idIn } from './ids.ts';
import type { Guard, Removal } from './remove.ts';
import { removeModel } from './remove-model.ts';
import { removeRun } from './remove-run.ts';
import { isNameOfFlow, isOfEnvironment } from './tags.ts';

export interface SweepScope {
  readonly modelPrefix: string;
  readonly environment: string;
  /** Null: there is none, so there are no runs of ours. */
  readonly experimentId: Segment | null;
  /** Unix time in milliseconds: what was made later is left alone, for its flow may still run. */
  readonly olderThan: number;
  /** Of each kind: more are left for the next sweep. */
  readonly atMost: number;
  /** Nothing more is begun to be removed from then on. */
  readonly stop: AbortSignal;
}

/** What nothing else leads to. */
export type LeftOver =
  | { readonly thing: 'registered-model'; readonly id: Raw }
  | { readonly thing: 'run'; readonly id: Segment };

/** Candidates that are looked at in one sweep. */
const pageSize = 100;

/**
 * What runs that were killed have left: named exactly as the flow names it, tagged as ours, and old enough. Each is read again, and
 * checked again, when it is deleted.
 */
export const findLeftOvers = async (removal: Removal, scope: SweepScope): Promise<readonly LeftOver[]> => [
  ...inTurn(await findModels(removal, scope), scope),
  ...inTurn(await findRuns(removal, scope), scope),
];

/** Another one first in each minute, so that one that cannot be removed does not keep the others. */
const inTurn = (found: readonly LeftOver[], { olderThan, atMost }: SweepScope): readonly LeftOver[] => {
  const first = found.length === 0 ? 0 : Math.floor(olderThan / 60_000) % found.length;
  return [...found.slice(first), ...found.slice(0, first)].slice(0, atMost);
};

export const removeLeftOvers = async (
  removal: Removal,
  scope: SweepScope,
  found: readonly LeftOver[],
): Promise<void> => {
  const guard = mayGo(scope);
  for (const one of found) {
    if (scope.stop.aborted) break;
    if (one.thing === 'run') await removeRun(removal, one.id, guard, { uploaded: true, modelId: null });
    else await removeModel(removal, one.id, guard);
    // What cannot be removed now is not tried a hundred times: the next sweep will.
    if (removal.left.length > 0) break;
  }
};

/** Ours by name, by tags and by environment, and old enough: a model by the server's clock, a run by that of the prober that began it. */
const mayGo = ({ modelPrefix, environment, olderThan }: SweepScope): Guard => {
  const isOurs = isOfEnvironment(environment);
  return {
    model: (model) =>
      isNameOfFlow(model.text('name'), modelPrefix) &&
      isOurs(model) &&
      isBefore(model.text('creation_timestamp'), olderThan),
    version: isOurs,
    loggedModel: isOurs,
    run: (run) =>
      isNameOfFlow(run.object('info').text('run_name'), modelPrefix) &&
      isOurs(run.object('data')) &&
      isBefore(run.object('info').text('start_time'), olderThan),
  };
};

const isBefore = (timestamp: Raw, limit: number): boolean => {
  const time = timestamp.integer() ?? 0;
  return time > 0 && time < limit;
};

const findModels = async (removal: Removal, scope: SweepScope): Promise<readonly LeftOver[]> => {
  const { modelPrefix } = scope;
  // Every model begins with an empty prefix.
  if (modelPrefix === '') return [];
  const reply = await removal.client.attempt({
    method: 'GET',
    place: api(removal, 'registered-models/search'),
    query: {
      filter: `name LIKE '${modelPrefix}-%' and tags.synthetics_environment = '${scope.environment}'`,
      max_results: String(pageSize),
    },
  });
  if (reply instanceof StepFailure) {
    removal.failure ??= reply.outcome;
    return [];
  }
  return reply.json
    .list('registered_models')
    .filter(mayGo(scope).model)
    .map((row) => ({ thing: 'registered-model', id: row.text('name') }));
};

const findRuns = async (removal: Removal, scope: SweepScope): Promise<readonly LeftOver[]> => {
  const { experimentId, environment, olderThan } = scope;
  if (experimentId === null) return [];
  const reply = await removal.client.attempt({
    method: 'POST',
    place: api(removal, 'runs/search'),
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
  return reply.json
    .list('runs')
    .filter(mayGo(scope).run)
    .flatMap((run): readonly LeftOver[] => {
      const id = idIn(run.object('info'), 'run_id');
      return id === null ? [] : [{ thing: 'run', id }];
    });
};
