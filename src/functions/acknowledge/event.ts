/** Someone is working on an incident, so its reminders stop. */
export interface Acknowledgement {
  readonly incident: string;
  readonly by: string;
}

/** Name of the person who acknowledges, in characters. */
const nameCharacters = 100;

/**
 * `{"acknowledge": "ID", "by": "name"}`; `by` may be left out, because a button does not know who pressed it.
 *
 * @throws for anything else. Values are not repeated, because they may contain a secret.
 */
export const acknowledgementIn = (event: object): Acknowledgement => {
  const { acknowledge: incident, by = 'chat', ...strange } = event as Readonly<Record<string, unknown>>;
  if (Object.keys(strange).length > 0)
    throw new UnexpectedEvent(`fields that mean nothing here: ${Object.keys(strange).join(', ')}`);
  if (typeof incident !== 'string' || typeof by !== 'string' || incident === '' || by === '')
    throw new UnexpectedEvent('an "acknowledge" without the id of an incident, or a "by" without a name');
  return { incident, by: by.slice(0, nameCharacters) };
};

/** Its message completes “The event has …”. */
export class UnexpectedEvent extends Error {}
