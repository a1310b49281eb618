import type { IncidentView, Mute } from '../model/incident.ts';
import { storedEntries } from '../model/incident-schema/limits.ts';
import { isOpen, type State } from './state.ts';

/** Stops the reminders of an incident. @throws a sentence when no incident with this id is open */
export const acknowledge = (state: State, id: string, by: string, at: string): State => {
  const open = state.tracked.filter(isOpen).map(({ view }) => view.id);
  if (!open.includes(id))
    throw new Error(`no incident ${id} is open; ${open.length === 0 ? 'no other is' : `open: ${open.join(', ')}`}`);
  return {
    ...state,
    tracked: state.tracked.map((incident) =>
      incident.view.id === id
        ? { ...incident, view: { ...incident.view, acknowledged: incident.view.acknowledged ?? { at, by } } }
        : incident,
    ),
  };
};

/** Replaces an earlier mute of the same thing. @throws a sentence when there are too many */
export const mute = (state: State, added: Mute): State => {
  const others = state.mutes.filter(({ what }) => !isSame(what, added.what));
  if (others.length >= storedEntries.mutes)
    throw new Error(`${others.length} mutes are set by command, the most that are stored: remove one first`);
  return {
    ...state,
    mutes: [...others, added],
    // The old mute is replaced, so its end must not be reported.
    mutesInForce: state.mutesInForce.filter(({ what }) => !isSame(what, added.what)),
  };
};

/** @throws a sentence when no such mute was set by hand */
export const unmute = (state: State, what: Mute['what']): State => {
  if (!state.mutes.some((one) => isSame(one.what, what)))
    throw new Error('this is not muted by command; change a mute of the configuration there');
  return {
    ...state,
    mutes: state.mutes.filter((one) => !isSame(one.what, what)),
    mutesInForce: state.mutesInForce.filter((one) => !isSame(one.what, what)),
  };
};

const isSame = (a: Mute['what'], b: Mute['what']): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Everything stored, newest first: open incidents, then resolved ones. */
export const listed = ({ tracked, past }: State): readonly IncidentView[] => [
  ...newest(tracked.filter(isOpen).map(({ view }) => view)),
  ...newest([...past, ...tracked.map(({ view }) => view).filter(({ resolvedAt }) => resolvedAt !== null)]),
];

const newest = (views: readonly IncidentView[]): readonly IncidentView[] =>
  views.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
