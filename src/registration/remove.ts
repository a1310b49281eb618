import type { AttemptOutcome, Made } from '../model/report.ts';
import type { MadeThing } from '../platform/flow-steps.ts';
import { paths } from '../platform/hops.ts';
import { phrase, type Raw } from '../raw/raw.ts';
import type { BaseUrls } from './addresses.ts';
import { deletionBelow } from './addresses.ts';
import { StepFailure } from './failure.ts';
import type { MlflowClient, MlflowRequest, MlflowResponse } from './mlflow-client.ts';
import type { IsOwn } from './tags.ts';

/** The means and the results of a clean-up. A failed deletion does not stop the rest. */
export interface Removal {
  readonly client: MlflowClient;
  readonly ways: BaseUrls;
  /** Base URL for deletions with parameters in the body. */
  readonly deletesThrough: string;
  readonly removed: Made[];
  readonly left: Made[];
  /** The first failing response. */
  failure: AttemptOutcome | null;
}

/** Decides from MLflow's own rows which things may be deleted. */
export interface Guard {
  readonly model: IsOwn;
  readonly version: IsOwn;
  readonly run: IsOwn;
  readonly loggedModel: IsOwn;
}

/** Something in MLflow, by its id or name. */
export interface Item {
  readonly thing: MadeThing;
  readonly id: Raw;
}

/**
 * The flow makes two of a kind at most. A response that lists more is handled in parts, to avoid thousands of requests
 * and a long report. Deleting a model also deletes its remaining aliases and versions; everything else waits for the
 * next sweep.
 */
export const mostOfAKind = 10;

export const newRemoval = (client: MlflowClient, ways: BaseUrls, deletesThrough: string): Removal => ({
  client,
  ways,
  deletesThrough,
  removed: [],
  left: [],
  failure: null,
});

/** The item as a report shows it. */
export const shownItem = ({ client }: Pick<Removal, 'client'>, { thing, id }: Item): Made => ({
  thing,
  id: client.keep(id, 'id'),
});

export const noteRemoved = (removal: Removal, item: Item): void => {
  removal.removed.push(shownItem(removal, item));
};

export const noteLeft = (removal: Removal, item: Item, failure: StepFailure | null = null): void => {
  removal.left.push(shownItem(removal, item));
  if (failure !== null) removal.failure ??= failure.outcome;
};

/** It is where only our things should be, but its row does not say that it is ours. It stays for a person to check. */
export const noteForeign = (
  removal: Removal,
  item: Item,
  reply: MlflowResponse,
  why = "does not carry this flow's tag",
): void => {
  const judged = phrase`${item.thing} ${item.id} was not deleted: it ${why}`;
  noteLeft(removal, item, removal.client.reject(reply, 'cleanup-failed', judged));
};

/** Why nothing is requested about it. */
export const hasNoId = 'has an id that MLflow does not assign';

export const gone = ['RESOURCE_DOES_NOT_EXIST'] as const;

/** The response. Null if the request failed; the failure is noted. */
export const tryTo = async (removal: Removal, call: MlflowRequest): Promise<MlflowResponse | null> => {
  const reply = await removal.client.attempt(call);
  if (!(reply instanceof StepFailure)) return reply;
  removal.failure ??= reply.outcome;
  return null;
};

export const removeOne = async (removal: Removal, item: Item, call: MlflowRequest): Promise<boolean> => {
  const reply = await tryTo(removal, call);
  if (reply === null) noteLeft(removal, item);
  else noteRemoved(removal, item);
  return reply !== null;
};

export const deletion = (
  { deletesThrough, ways }: Removal,
  route: Parameters<typeof deletionBelow>[1],
  json: NonNullable<MlflowRequest['json']>,
): MlflowRequest => ({
  method: 'DELETE',
  place: deletionBelow(deletesThrough, route),
  json,
  hops: deletesThrough.startsWith(ways.through) ? paths.proxyToDatabase : paths.mlflowToDatabase,
});
