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
  /** Null if there is no experiment, and so no runs of ours. */
  readonly experimentId: Segment | null;
  /** Unix time in milliseconds. Anything made later stays, because its flow may still run. */
  readonly olderThan: number;
  /** Of each kind. The next sweep removes the rest. */
  readonly atMost: number;
  /** From this signal on, no further removal starts. */
  readonly stop: AbortSignal;
}

/** The things that nothing else leads to. */
export type LeftOver =
  | { readonly thing: 'registered-model'; readonly id: Raw }
  | { readonly thing: 'run'; readonly id: Segment };

/** Candidates examined in one sweep. */
const pageSize = 100;

/**
 * What killed flows left behind: named exactly as the flow names things, tagged as ours, and old enough. Each is read
 * and checked again before it is deleted.
 */
export const findLeftOvers = async (removal: Removal, scope: SweepScope): Promise<readonly LeftOver[]> => [
  ...inTurn(await findModels(removal, scope), scope),
  ...inTurn(await findRuns(removal, scope), scope),
];

/** Starts with a different one each minute, so that one that cannot be removed does not block the others. */
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
    // If one cannot be removed now, stop instead of failing up to a hundred times. The next sweep tries again.
    if (removal.left.length > 0) break;
  }
};

/**
 * Ours by name, tags and environment, and old enough. A model's age is by the server's clock, a run's by the clock of
 * the prober that started it.
 */
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
  // An empty prefix matches every model.
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
