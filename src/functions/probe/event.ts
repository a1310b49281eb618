import { registrationHost } from '../../platform/flow-steps.ts';
import { type Acknowledgement, acknowledgementIn, UnexpectedEvent } from '../acknowledge/event.ts';

/** EventBridge's default event, sent when the schedule or rule has no input. Its fields have no meaning here. */
const isEnvelope = (event: object): boolean => 'source' in event && 'detail-type' in event;

/** The request that an invocation carries. */
export type Asked =
  /** A cycle of these ids, where `registration` means the model-registration flow; null: a whole cycle. */
  | { readonly what: 'cycle'; readonly ids: readonly string[] | null }
  | ({ readonly what: 'acknowledge' } & Acknowledgement);

/**
 * Nothing, `{}` and a schedule's own event mean a whole cycle; `{"targets": ["id", …]}` means part of it;
 * `{"acknowledge": "ID", "by": "name"}` does what the function of that name does, which is free during an outage.
 *
 * @throws for anything else: an event with a typo must not silently probe something else.
 */
export const askedBy = (event: unknown): Asked => {
  if (event === null || event === undefined) return { what: 'cycle', ids: null };
  if (typeof event !== 'object' || Array.isArray(event)) throw unexpected(`an event of this kind: ${kindOf(event)}`);
  if ('acknowledge' in event) return acknowledgement(event);

  const strange = isEnvelope(event) ? [] : Object.keys(event).filter((key) => key !== 'targets');
  if (strange.length > 0) throw unexpected(`fields that mean nothing here: ${strange.join(', ')}`);
  return { what: 'cycle', ids: 'targets' in event ? idsIn(event) : null };
};

const acknowledgement = (event: object): Asked => {
  try {
    return { what: 'acknowledge', ...acknowledgementIn(event) };
  } catch (error) {
    throw error instanceof UnexpectedEvent ? unexpected(error.message) : error;
  }
};

const idsIn = (event: { readonly targets: unknown }): readonly string[] => {
  const { targets } = event;
  if (!Array.isArray(targets) || targets.length === 0 || !targets.every((id) => typeof id === 'string')) {
    throw unexpected('a "targets" field without a list of target ids');
  }
  return targets;
};

const kindOf = (event: unknown): string => (Array.isArray(event) ? 'a list' : `a ${typeof event}`);

// Values of the event are not repeated, because they may contain a secret.
const unexpected = (what: string): Error =>
  new Error(
    `The event has ${what}. A schedule's event, {}, {"targets": ["registry.health"]} or {"acknowledge": "ID"} is expected.`,
  );

/** @throws when a selected target does not exist: a cycle without targets would look healthy. */
export const assertKnown = (selected: readonly string[] | null, targets: readonly { readonly id: string }[]): void => {
  const known = new Set([registrationHost, ...targets.map(({ id }) => id)]);
  const unknown = (selected ?? []).filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new Error(`The event selects unknown targets: ${unknown.join(', ')}`);
  }
};
