import type { AttemptOutcome, Made } from '../model/report.ts';
import type { MadeThing } from '../platform/flow-steps.ts';
import { paths } from '../platform/hops.ts';
import { phrase, type Raw } from '../raw/raw.ts';
import type { BaseUrls } from './addresses.ts';
import { deletionBelow } from './addresses.ts';
import { StepFailure } from './failure.ts';
import type { MlflowClient, MlflowRequest, MlflowResponse } from './mlflow-client.ts';
import type { IsOwn } from './tags.ts';

/** What is deleted with, and what came of it. Whatever fails, the rest is tried. */
export interface Removal {
  readonly client: MlflowClient;
  readonly ways: BaseUrls;
  /** The base of deletions whose parameters are in a body. */
  readonly deletesThrough: string;
  readonly removed: Made[];
  readonly left: Made[];
  /** The first failing answer. */
  failure: AttemptOutcome | null;
}

/** Which things may be deleted, by their own rows at MLflow. */
export interface Guard {
  readonly model: IsOwn;
  readonly version: IsOwn;
  readonly run: IsOwn;
  readonly loggedModel: IsOwn;
}

/** Something at MLflow, by its id or name there. */
export interface Item {
  readonly thing: MadeThing;
  readonly id: Raw;
}

/**
 * The flow makes two of a kind at most. An answer that lists more is taken in parts, so that it makes neither thousands of requests
 * nor a long report: what goes with its model goes with it, and the rest waits for the next sweep.
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

/** As a report tells of it. */
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

/** It is where only ours should be, and its row does not say that it is ours: it stays, for somebody to look at. */
export const noteForeign = (
  removal: Removal,
  item: Item,
  reply: MlflowResponse,
  why = "does not carry this flow's tag",
): void => {
  const judged = phrase`${item.thing} ${item.id} was not deleted: it ${why}`;
  noteLeft(removal, item, removal.client.reject(reply, 'cleanup-failed', judged));
};

/** Why nothing is asked about it. */
export const hasNoId = 'has no id that MLflow would give';

export const gone = ['RESOURCE_DOES_NOT_EXIST'] as const;

/** An answer, or null when it failed, which is noted. */
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
