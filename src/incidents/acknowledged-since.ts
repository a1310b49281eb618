import type { Acknowledged } from '../model/incident.ts';
import { isOpen, type State } from './state.ts';

/**
 * Open incidents that were acknowledged since the last cycle began, by a chat or from a machine without the channels'
 * secrets. Services for alerts do not know it yet. From the cycle's beginning, because it may have been stored later.
 */
export const acknowledgedSince = ({ lastCycle, tracked }: State): readonly Acknowledged[] =>
  tracked
    .filter(isOpen)
    .flatMap(({ view: { id, environment, acknowledged } }) =>
      acknowledged === null || (lastCycle !== null && Date.parse(acknowledged.at) < Date.parse(lastCycle.startedAt))
        ? []
        : [{ id, environment, by: acknowledged.by }],
    );
