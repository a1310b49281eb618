import type { change, event, mute } from './incident-schema/event.ts';
import type { affected, earlierDiagnosis, hopState, severity, sighting, view } from './incident-schema/incident.ts';
import type { judgement, story, storyEntry } from './incident-schema/story.ts';
import type { OutputOf } from './output-of.ts';

/* Shapes, and what their fields mean, are written in incident-schema/. */

export type Severity = OutputOf<typeof severity>;
export type Affected = OutputOf<typeof affected>;
export type HopState = OutputOf<typeof hopState>;
export type Sighting = OutputOf<typeof sighting>;
export type IncidentCandidate = Sighting['causes'][number];
/** One hop of the request path, as text and pictures show it. */
export type PathHop = Sighting['path'][number];
export type EarlierDiagnosis = OutputOf<typeof earlierDiagnosis>;
export type IncidentView = OutputOf<typeof view>;

export type StoryEntry = OutputOf<typeof storyEntry>;
export type Story = OutputOf<typeof story>;
export type Judgement = OutputOf<typeof judgement>;

export type Mute = OutputOf<typeof mute>;
export type Change = OutputOf<typeof change>;
export type IncidentEvent = OutputOf<typeof event>;
export type EventKind = IncidentEvent['kind'];

/** An incident that someone works on, for a service that has an alert of it. */
export interface Acknowledged extends Pick<IncidentView, 'id' | 'environment'> {
  readonly by: string;
}
