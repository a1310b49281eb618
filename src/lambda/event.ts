import { registrationHost } from '../platform/registration.ts';

/** What EventBridge sends when the schedule, or the rule, has no input of its own: its fields mean nothing here. */
const isEnvelope = (event: object): boolean => 'source' in event && 'detail-type' in event;

/**
 * The ids that the event selects, among which `registration` stands for the model-registration flow: nothing, `{}` and a
 * schedule's own event mean a whole cycle (null); `{"targets": ["id", …]}` a part of it.
 * @throws for everything else: an event with a typing error shall not quietly probe something other than was meant.
 */
export const idsFrom = (event: unknown): readonly string[] | null => {
  if (event === null || event === undefined) return null;
  if (typeof event !== 'object' || Array.isArray(event)) throw unexpected(`an event of this kind: ${kindOf(event)}`);

  const strange = isEnvelope(event) ? [] : Object.keys(event).filter((key) => key !== 'targets');
  if (strange.length > 0) throw unexpected(`fields that mean nothing here: ${strange.join(', ')}`);
  if (!('targets' in event)) return null;

  const { targets } = event;
  if (!Array.isArray(targets) || targets.length === 0 || !targets.every((id) => typeof id === 'string')) {
    throw unexpected('a "targets" that is no list of target ids');
  }
  return targets;
};

const kindOf = (event: unknown): string => (Array.isArray(event) ? 'a list' : `a ${typeof event}`);

// Values of the event are not repeated: whoever sent it may have put a secret there.
const unexpected = (what: string): Error =>
  new Error(`The event has ${what}. A schedule's event, {} or {"targets": ["registry.health"]} is expected.`);

/** @throws when a selected target does not exist: a cycle of nothing would look healthy. */
export const assertKnown = (selected: readonly string[] | null, targets: readonly { readonly id: string }[]): void => {
  const known = new Set([registrationHost, ...targets.map(({ id }) => id)]);
  const unknown = (selected ?? []).filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new Error(`The event selects targets that the configuration does not know: ${unknown.join(', ')}`);
  }
};
