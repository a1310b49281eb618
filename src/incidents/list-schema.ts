import * as v from 'valibot';
import { mute } from '../model/incident-schema/event.ts';
import { view } from '../model/incident-schema/incident.ts';
import { count, name } from '../model/incident-schema/stored.ts';
import { lastCycle } from './state-shape.ts';

/** Output of `incidents --format json`. */
export const incidentList = v.object({
  environment: name,
  lastCycle: v.nullable(lastCycle),
  incidents: v.array(view),
  mutes: v.array(mute),
  /** Events that are waiting to be sent. */
  waiting: count,
});
