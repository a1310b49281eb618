import * as v from 'valibot';
import { mute } from '../model/incident-schema/event.ts';
import { view } from '../model/incident-schema/incident.ts';
import { count, name } from '../model/incident-schema/stored.ts';
import { judgement, storyEntry } from '../model/incident-schema/story.ts';
import { lastCycle } from './state-shape.ts';

/** Output of `incidents --format json`. */
export const incidentList = v.object({
  environment: name,
  lastCycle: v.nullable(lastCycle),
  incidents: v.array(view),
  mutes: v.array(mute),
  /** Events that are waiting to be sent. */
  waiting: count,
  /** What people found about incidents, also about earlier ones. */
  judgements: v.array(judgement),
});

/** Output of `incidents show ID --format json`. */
export const incidentDetails = v.object({
  environment: name,
  incident: view,
  /** Messages about it, oldest first; empty: none was sent, or an earlier version tracked it. */
  messages: v.array(storyEntry),
  judgement: v.nullable(judgement),
});
