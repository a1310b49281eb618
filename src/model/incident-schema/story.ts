import * as v from 'valibot';
import { type HypothesisId, hypotheses } from '../../platform/hypotheses.ts';
import { causeIds, severity } from './incident.ts';
import { storedEntries, storedTextBytes } from './limits.ts';
import { firstOf, id, name, newestOf, text, time } from './stored.ts';

/** A message about an incident, and the channels that have accepted it. */
export const storyEntry = v.object({
  /** Start of the cycle that raised it. */
  at: time,
  /** Id of the event. */
  event: id,
  kind: v.picklist(['opened', 'moved', 'narrowed', 'worse', 'returned', 'reminded', 'resolved']),
  severity,
  causes: causeIds,
  sent: firstOf(v.object({ to: name, at: time }), storedEntries.channels),
});

/** The messages about an incident, oldest first. */
export const story = v.object({ incident: id, entries: newestOf(storyEntry, storedEntries.story) });

/** A cause outside the catalogue. */
export const otherCause = 'other';

const isCause = (id: string): id is HypothesisId | typeof otherCause =>
  id === otherCause || Object.hasOwn(hypotheses, id);

/** What people found out about an incident's diagnosis. */
export const judgement = v.object({
  incident: id,
  startedAt: time,
  /** The causes that the incident named. */
  named: causeIds,
  verdict: v.picklist(['right', 'wrong']),
  /** The true cause, `other` if the catalogue does not have it; null: not known. */
  cause: v.pipe(
    v.nullable(name),
    v.transform((id): HypothesisId | typeof otherCause | null => (id !== null && isCause(id) ? id : null)),
  ),
  at: time,
  by: name,
  note: v.nullable(text(storedTextBytes.note)),
});
