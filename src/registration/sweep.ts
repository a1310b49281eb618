import { Raw } from '../raw/raw.ts';
import type { RawJson } from '../raw/raw-json.ts';
import type { Segment } from '../raw/segment.ts';
import { api } from './addresses.ts';
import { idIn } from './ids.ts';
import type { MlflowRequest } from './mlflow-client.ts';
import { type Guard, type Removal, tryTo } from './remove.ts';
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

/** Candidates that one response lists: the rows of a hundred can have more bytes than are read. */
const pageSize = 20;

/** Pages of one sweep. */
const pages = 5;

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
    if (one.thing === 'run')
      await removeRun(removal, one.id, guard, { uploaded: true, modelId: null, mayHaveModels: true });
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

/** The rows of a search, page by page. A page that fails is the last one. */
const search = async (
  removal: Removal,
  list: 'registered_models' | 'runs',
  page: (token: Readonly<Record<string, Raw>>) => MlflowRequest,
): Promise<readonly RawJson[]> => {
  const rows: RawJson[] = [];
  let token: Raw | null = null;
  for (let count = 0; count < pages; count++) {
    const reply = await tryTo(removal, page(token === null ? {} : { page_token: token }));
    rows.push(...(reply?.json.list(list) ?? []));
    token = reply?.json.text('next_page_token') ?? Raw.from('');
    if (token.is('')) break;
  }
  return rows;
};

const findModels = async (removal: Removal, scope: SweepScope): Promise<readonly LeftOver[]> => {
  const { modelPrefix } = scope;
  // An empty prefix matches every model.
  if (modelPrefix === '') return [];
  const filter = `name LIKE '${modelPrefix}-%' and tags.synthetics_environment = '${scope.environment}'`;
  const rows = await search(removal, 'registered_models', (token) => ({
    method: 'GET',
    place: api(removal, 'registered-models/search'),
    query: { filter, max_results: String(pageSize), ...token },
  }));
  return rows.filter(mayGo(scope).model).map((row) => ({ thing: 'registered-model', id: row.text('name') }));
};

const findRuns = async (removal: Removal, scope: SweepScope): Promise<readonly LeftOver[]> => {
  const { experimentId, environment, olderThan } = scope;
  if (experimentId === null) return [];
  const filter = `tags.synthetics_environment = '${environment}' and attributes.start_time < ${olderThan}`;
  const rows = await search(removal, 'runs', (token) => ({
    method: 'POST',
    place: api(removal, 'runs/search'),
    json: { experiment_ids: [experimentId], filter, max_results: pageSize, ...token },
  }));
  return rows.filter(mayGo(scope).run).flatMap((run): readonly LeftOver[] => {
    const id = idIn(run.object('info'), 'run_id');
    return id === null ? [] : [{ thing: 'run', id }];
  });
};
