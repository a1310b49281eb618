import type { IncidentView, Judgement, StoryEntry } from '../../model/incident.ts';

/** Everything that is kept about one incident. */
export interface KeptIncident {
  readonly view: IncidentView;
  /** Oldest first. Empty: none was sent, or an earlier version tracked it. */
  readonly messages: readonly StoryEntry[];
  readonly judgement: Judgement | null;
  /** Names of the hosts by role. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Unix time, ms. */
  readonly now: number;
}
