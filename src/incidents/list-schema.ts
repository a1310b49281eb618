import * as v from 'valibot';
import { count, mute, name, view } from './event-schema.ts';
import { lastCycle } from './state-schema.ts';

/** Output of `incidents --format json`. */
export const incidentList = v.object({
  environment: name,
  lastCycle: v.nullable(lastCycle),
  incidents: v.array(view),
  mutes: v.array(mute),
  waiting: v.pipe(count, v.description('Events that are waiting to be sent.')),
});
